import { durationMs } from "@bufbuild/protobuf/wkt";
import { BenchmarkOutcome, type EvaluationRun, type QuestionOutcome } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Sql } from "@/chat/Sql";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { outcomeText } from "./outcomes";
import { useOutcomes } from "./queries";

/** What didn't come out as expected in a run. */
export function Failures({ run }: { run: EvaluationRun }) {
  const pages = useOutcomes(run.id);
  const failures = (pages.data?.pages.flatMap((page) => page.outcomes) ?? []).filter(({ outcome }) => outcome !== BenchmarkOutcome.CORRECT);
  if (pages.isPending) return <Skeleton className="h-20 rounded-xl" />;
  if (pages.isError) return <Notice action={<Button size="small" onClick={() => pages.refetch()}>Try again</Button>}>{problemText(problemOf(pages.error))}</Notice>;
  if (failures.length === 0 && !pages.hasNextPage) return <p className="text-ink-soft">All came out as expected.</p>;
  return (
    <div className="grid gap-3">
      <Card>
        <ul aria-label="Not as expected" className="divide-y divide-line">
          {failures.map((failure, index) => (
            <li key={`${failure.benchmarkQuestionId} ${index}`} className="min-w-0 px-5 py-3.5 text-sm" data-testid="failure-entry">
              <Failure failure={failure} />
            </li>
          ))}
        </ul>
      </Card>
      {pages.hasNextPage && (
        <Button look="quiet" size="small" className="justify-self-center" busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
          Look further
        </Button>
      )}
    </div>
  );
}

function Failure({ failure }: { failure: QuestionOutcome }) {
  const [label, tone] = outcomeText(failure.outcome);
  const took = failure.latency ? `${Math.round(durationMs(failure.latency)).toLocaleString("en-US")} ms` : "";
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={failure.question === "" ? "text-ink-faint" : "font-medium wrap-anywhere"}>{failure.question || "A question about data that you may not see"}</span>
        <Badge tone={tone}>{label}</Badge>
      </p>
      <p className="mt-0.5 text-ink-faint">{[sentence(failure.difference), took].filter((part) => part !== "").join(" · ")}</p>
      {failure.sql !== "" && (
        <details className="mt-1">
          <summary className="w-fit rounded text-ink-faint hover:text-ink">SQL that answered</summary>
          <div className="mt-1">
            <Sql text={failure.sql} />
          </div>
        </details>
      )}
    </>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
