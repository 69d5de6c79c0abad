import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useApp } from "@/app/context";
import { BenchmarkOutcome, type BenchmarkQuestion } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { ConfirmDelete } from "@/learned/Confirm";
import { Empty, PagedList } from "@/learned/List";
import { useNames } from "@/learned/members";
import { dayText } from "@/learned/told";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { PlusIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";
import { expectedText } from "./expected";
import { outcomeText } from "./outcomes";
import { useBenchmarkChanged, useQuestions } from "./queries";
import { begunOf, type Begun } from "./begun";
import { QuestionDialog } from "./QuestionDialog";

type Open = { kind: "add"; begun?: Begun } | { kind: "edit" | "delete"; question: BenchmarkQuestion };

/** The organization's questions for a source, with what is expected of each and how it came out last. */
export function Questions({ sourceId, lastOutcomes }: { sourceId: string; lastOutcomes: ReadonlyMap<string, BenchmarkOutcome> }) {
  // An answer may lead here with its question and query.
  const location = useLocation();
  const navigate = useNavigate();
  const begun = begunOf(location.state);
  const [open, setOpen] = useState<Open | undefined>(begun && { kind: "add", begun });
  const pages = useQuestions(sourceId);
  const questions = pages.data?.pages.flatMap((page) => page.benchmarkQuestions) ?? [];
  const nameOf = useNames(questions.map(({ userId }) => userId));
  const { evaluation } = useApp().clients;
  const changed = useBenchmarkChanged();
  const show = useToasts((toasts) => toasts.show);
  const close = () => {
    setOpen(undefined);
    if (begun) void navigate(".", { replace: true });
  };
  const add = (
    <Button size="small" onClick={() => setOpen({ kind: "add" })} data-testid="add-question">
      <PlusIcon className="size-4" /> Add a question
    </Button>
  );
  return (
    <section aria-labelledby="questions" className="mt-8">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="questions" className="text-lg font-semibold">
          Questions
        </h2>
        {questions.length > 0 && add}
      </div>
      <PagedList
        label="Benchmark questions"
        pages={pages}
        entries={questions}
        idOf={({ id }) => id}
        sought=""
        empty={
          <Empty title="There are no benchmark questions yet" action={add}>
            Add questions that your organization asks, each with the answer that you know to be right. A run asks them all and says how many came out as expected.
          </Empty>
        }
      >
        {(question) => (
          <Entry
            question={question}
            name={nameOf(question.userId)}
            outcome={lastOutcomes.get(question.id)}
            onEdit={() => setOpen({ kind: "edit", question })}
            onDelete={() => setOpen({ kind: "delete", question })}
          />
        )}
      </PagedList>
      {open?.kind === "add" && <QuestionDialog sourceId={sourceId} begun={open.begun} onClose={close} />}
      {open?.kind === "edit" && <QuestionDialog sourceId={sourceId} question={open.question} onClose={close} />}
      {open?.kind === "delete" && (
        <ConfirmDelete
          title="Delete this question?"
          action={() => evaluation.deleteBenchmarkQuestion({ benchmarkQuestionId: open.question.id })}
          onDone={async () => {
            close();
            show("The question was deleted.");
            await changed("questions");
          }}
          onClose={close}
        >
          {open.question.question === "" ? "" : `“${open.question.question}” `}Further runs don’t ask it. Runs that did stay as they are.
        </ConfirmDelete>
      )}
    </section>
  );
}

interface EntryProps {
  question: BenchmarkQuestion;
  name: string;
  outcome: BenchmarkOutcome | undefined;
  onEdit: () => void;
  onDelete: () => void;
}

function Entry({ question, name, outcome, onEdit, onDelete }: EntryProps) {
  const withheld = question.question === "";
  const [label, tone] = outcomeText(outcome ?? BenchmarkOutcome.UNSPECIFIED);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-52 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={withheld ? "text-ink-faint" : "font-medium wrap-anywhere"}>{withheld ? "A question about data that you may not see" : question.question}</span>
          {outcome !== undefined && <Badge tone={tone}>{label}</Badge>}
          {question.outdated && <Badge tone="warning">Outdated</Badge>}
        </p>
        <p className="mt-0.5 text-ink-faint">
          {[
            withheld ? "" : `Expected: ${expectedText(question.expected).toLowerCase()}`,
            question.referenceTime ? `as of ${dayText(question.referenceTime)}` : "",
            `by ${name} on ${dayText(question.updateTime)}`,
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
        {question.outdated && <p className="mt-0.5 text-ink-soft">Its query no longer fits the source. Change it or delete it.</p>}
      </div>
      <div className="-my-1 flex gap-1 max-sm:-ml-3 sm:-mr-2">
        {!withheld && (
          <Button size="small" look="quiet" onClick={onEdit} aria-label={`Edit ${question.question}`}>
            Edit
          </Button>
        )}
        <Button size="small" look="quiet-danger" onClick={onDelete} aria-label={`Delete ${question.question || "this question"}`}>
          Delete
        </Button>
      </div>
    </div>
  );
}
