import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useApp } from "@/app/context";
import type { BenchmarkQuestion } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { teachingProblem } from "@/learned/problem";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, TextArea } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Radio } from "@/ui/Radio";
import { useToasts } from "@/ui/toasts";
import type { Begun } from "./begun";
import { NEW_DRAFT, draftOf, expectedOf, isProblem, type Kind } from "./expected";
import { useBenchmarkChanged } from "./queries";

interface Props {
  sourceId: string;
  /** Absent for a new one. */
  question?: BenchmarkQuestion;
  /** What a new one begins with. */
  begun?: Begun | undefined;
  onClose: () => void;
}

const FORM = "benchmark-question";
const MOST_CHARACTERS = 4_000;
const KINDS: [Kind, string][] = [
  ["sql", "The rows of a query"],
  ["rows", "These rows"],
  ["noAnswer", "No answer: it should be refused or asked back"],
];

/** A question and what should come of it: added, or changed. */
export function QuestionDialog({ sourceId, question: given, begun, onClose }: Props) {
  const { evaluation } = useApp().clients;
  const [question, setQuestion] = useState(given?.question ?? begun?.question ?? "");
  const [draft, setDraft] = useState(() => (given ? draftOf(given.expected) : { ...NEW_DRAFT, sql: begun?.sql ?? "" }));
  const [day, setDay] = useState(given?.referenceTime ? timestampDate(given.referenceTime).toISOString().slice(0, 10) : "");
  const changed = useBenchmarkChanged();
  const show = useToasts((toasts) => toasts.show);
  const read = expectedOf(draft);
  const problem = isProblem(read) ? read.problem : undefined;
  const complete = question.trim() !== "" && problem === undefined;
  const save = useMutation({
    mutationFn: async () => {
      if (isProblem(read)) return;
      // Noon in UTC is the same day nearly everywhere.
      const moment = day === "" ? {} : { referenceTime: timestampFromMs(Date.parse(`${day}T12:00:00Z`)) };
      if (given) await evaluation.updateBenchmarkQuestion({ benchmarkQuestionId: given.id, question, expected: read, clearReferenceTime: day === "", ...moment });
      else {
        const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        await evaluation.createBenchmarkQuestion({ sourceId, question, expected: read, timeZone, ...moment });
      }
    },
    onSuccess: async () => {
      show(given ? "The question was changed." : "The question was added.");
      onClose();
      await changed("questions");
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete && !save.isPending) save.mutate();
  };
  return (
    <WideDialog
      open
      onClose={() => !save.isPending && onClose()}
      title={given ? "Benchmark question" : "Add a benchmark question"}
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={save.isPending} disabled={!complete} data-testid="save-question">
            {given ? "Save" : "Add"}
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4" noValidate>
        {save.isError && <Notice alert>{teachingProblem(save.error)}</Notice>}
        <Field label="Question">
          {(control) => <Input {...control} autoFocus maxLength={MOST_CHARACTERS} value={question} onChange={(event) => setQuestion(event.target.value.replaceAll("\0", ""))} data-testid="benchmark-question" />}
        </Field>
        <div role="radiogroup" aria-label="What should come of it" className="text-sm">
          <p className="mb-1 font-medium">What should come of it</p>
          {KINDS.map(([kind, label]) => (
            <Radio key={kind} name="expected" checked={draft.kind === kind} onChoose={() => setDraft({ ...draft, kind })}>
              {label}
            </Radio>
          ))}
        </div>
        {draft.kind === "sql" && (
          <Field label="Query" hint="One SELECT in the source’s own dialect. It runs behind the boundary, as the answer does.">
            {(control) => (
              <TextArea {...control} rows={6} className="font-mono text-[0.8125rem]" autoCapitalize="off" spellCheck={false} value={draft.sql} onChange={(event) => setDraft({ ...draft, sql: event.target.value.replaceAll("\0", "") })} data-testid="benchmark-sql" />
            )}
          </Field>
        )}
        {draft.kind === "rows" && (
          <Field label="Rows" hint="One a line, values parted by commas, or pasted from a spreadsheet; without headings. Write text that looks like a number in double quotes. Nothing at all: no rows." error={problem || undefined}>
            {(control) => (
              <TextArea {...control} rows={6} className="font-mono text-[0.8125rem]" spellCheck={false} placeholder={"Germany, 120\nFrance, 95.5"} value={draft.rows} onChange={(event) => setDraft({ ...draft, rows: event.target.value.replaceAll("\0", "") })} data-testid="benchmark-rows" />
            )}
          </Field>
        )}
        {draft.kind !== "noAnswer" && (
          <label className="flex w-fit items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-accent" checked={draft.ordered} onChange={(event) => setDraft({ ...draft, ordered: event.target.checked })} />
            The rows must come in this order
          </label>
        )}
        <Field label="Ask as of" optional hint="The day that “last month” is counted from. Empty: the day of each run.">
          {(control) => <Input {...control} className="max-w-64" type="date" min="1970-01-02" max="2199-12-31" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      </form>
    </WideDialog>
  );
}
