import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useParams } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { EvaluationRun } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { ConfirmDelete } from "@/learned/Confirm";
import { useNames } from "@/learned/members";
import { Page } from "@/sources/Page";
import { Unavailable } from "@/sources/Unavailable";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Select } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { ProgressBar } from "@/ui/ProgressBar";
import { Skeleton } from "@/ui/Spinner";
import { useToasts } from "@/ui/toasts";
import { accuracyShape, percentText, runText, runTime, versionsText } from "./outcomes";
import { useBenchmarkChanged, useOutcomes, useQuestions, useRuns } from "./queries";
import { Questions } from "./Questions";
import { Failures } from "./RunResult";
import { useRun } from "./useRun";

const ChartOfShape = lazy(async () => ({ default: (await import("@/chart/ChartView")).ChartOfShape }));

/** How well a source is answered, by the organization's own questions. */
export default function BenchmarkPage() {
  const { sourceId = "" } = useParams();
  const { sources } = useApp().clients;
  const mayManage = usePermission(Permission.MANAGE_SOURCES);
  const source = useQuery({
    queryKey: ["source", sourceId],
    queryFn: async ({ signal }) => (await sources.getSource({ sourceId }, { signal })).source ?? null,
  });
  useTitle("Benchmark");
  if (source.isError) return <Unavailable thrown={source.error} onRetry={() => source.refetch()} />;
  const back = { to: `/sources/${sourceId}`, title: source.data?.name ?? "Data source" };
  const subtitle = "Your own questions with the answers you expect, asked as you, behind the boundary.";
  return (
    <Page title="Benchmark" subtitle={subtitle} back={back}>
      {mayManage ? <Content key={sourceId} sourceId={sourceId} /> : <Notice tone="neutral">Your role doesn’t show benchmarks. Ask a person who manages the data sources.</Notice>}
    </Page>
  );
}

function Content({ sourceId }: { sourceId: string }) {
  const runs = useRuns(sourceId);
  const [chosen, setChosen] = useState("");
  const run = runs.data?.find(({ id }) => id === chosen) ?? runs.data?.[0];
  return (
    <>
      <Runner sourceId={sourceId} onRun={() => setChosen("")} />
      {runs.isPending && <Skeleton className="h-40 rounded-xl" />}
      {runs.isError && <Notice action={<Button size="small" onClick={() => runs.refetch()}>Try again</Button>}>{problemText(problemOf(runs.error))}</Notice>}
      {run && runs.data && <Result run={run} runs={runs.data} onChoose={setChosen} />}
      {runs.data?.[0] ? <WithLast sourceId={sourceId} run={runs.data[0]} /> : <Questions sourceId={sourceId} lastOutcomes={new Map()} />}
    </>
  );
}

function WithLast({ sourceId, run }: { sourceId: string; run: EvaluationRun }) {
  const outcomes = useOutcomes(run.id).data?.pages.flatMap((page) => page.outcomes) ?? [];
  return <Questions sourceId={sourceId} lastOutcomes={new Map(outcomes.map((one) => [one.benchmarkQuestionId, one.outcome]))} />;
}

function Runner({ sourceId, onRun }: { sourceId: string; onRun: () => void }) {
  const questions = useQuestions(sourceId);
  const changed = useBenchmarkChanged();
  const show = useToasts((toasts) => toasts.show);
  const [withoutLearning, setWithoutLearning] = useState(false);
  const run = useRun(sourceId, () => {
    show("The run is finished.");
    onRun();
    void changed("runs");
  });
  const hasNone = questions.data?.pages[0]?.benchmarkQuestions.length === 0;
  const { progress } = run;
  if (hasNone) return null;
  return (
    <Card className="mb-6 grid gap-3 p-5 text-sm">
      {run.running ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="grid min-w-52 flex-1 gap-1.5">
            <p role="status" data-testid="run-progress">
              {progress ? `Asked ${progress.doneCount.toLocaleString("en-US")} of ${progress.questionCount.toLocaleString("en-US")} questions` : "Beginning"}
            </p>
            <ProgressBar label="Questions asked" fraction={progress && progress.questionCount > 0 ? progress.doneCount / progress.questionCount : undefined} />
          </div>
          <Button size="small" onClick={run.stop}>
            Stop
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Button look="primary" onClick={() => void run.start(withoutLearning)} data-testid="run-benchmark">
            Run all questions
          </Button>
          <label className="flex items-center gap-2">
            <input type="checkbox" className="size-4 accent-accent" checked={withoutLearning} onChange={(event) => setWithoutLearning(event.target.checked)} />
            Without learned words and verified answers
          </label>
        </div>
      )}
      {run.problem && <Notice alert>{problemText(run.problem)} Nothing of this run was kept.</Notice>}
    </Card>
  );
}

function Result({ run, runs, onChoose }: { run: EvaluationRun; runs: EvaluationRun[]; onChoose: (id: string) => void }) {
  const nameOf = useNames(runs.map(({ userId }) => userId));
  const { evaluation } = useApp().clients;
  const changed = useBenchmarkChanged();
  const show = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  return (
    <section aria-labelledby="result">
      {runs.length > 1 && (
        <div className="mb-6">
          <Suspense fallback={<Skeleton className="h-56 rounded-xl" />}>
            <ChartOfShape shape={accuracyShape(runs)} height={180} />
          </Suspense>
        </div>
      )}
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="result" className="text-lg font-semibold">
          {run.id === runs[0]?.id ? "Last run" : "Run"}
        </h2>
        {runs.length > 1 && (
          <Select className="h-8! w-auto! text-sm" aria-label="Which run" value={run.id} onChange={(event) => onChoose(event.target.value)}>
            {runs.map((one) => (
              <option key={one.id} value={one.id}>
                {runTime(one)} · {percentText(one.accuracy)}
              </option>
            ))}
          </Select>
        )}
      </div>
      <Card className="mb-3 flex flex-wrap items-baseline gap-x-6 gap-y-1 p-5">
        <p className="text-3xl font-semibold tracking-tight tabular-nums" data-testid="accuracy">
          {percentText(run.accuracy)}
        </p>
        <div className="min-w-52 flex-1 text-sm">
          <p data-testid="run-text">
            {runText(run)}
            {run.precision !== undefined && <span className="text-ink-soft"> · {percentText(run.precision)} of the answers given are right</span>}
          </p>
          <p className="text-ink-faint">
            {runTime(run)}, by {nameOf(run.userId)} · {versionsText(run)}
          </p>
        </div>
        <Button size="small" look="quiet-danger" className="self-center" onClick={() => setAsking(true)} aria-label={`Delete the run of ${runTime(run)}`} data-testid="delete-run">
          Delete
        </Button>
      </Card>
      {asking && (
        <ConfirmDelete
          title="Delete this run?"
          action={() => evaluation.deleteEvaluationRun({ evaluationRunId: run.id })}
          onDone={async () => {
            setAsking(false);
            onChoose("");
            show("The run was deleted.");
            await changed("runs");
          }}
          onClose={() => setAsking(false)}
        >
          It goes from accuracy over time. The questions stay.
        </ConfirmDelete>
      )}
      <Failures run={run} />
    </section>
  );
}
