import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useApp } from "@/app/context";
import { useSources } from "@/chat/queries";
import { SourceState } from "@/gen/infinure/integration/v1/source_pb";
import type { VerifiedAnswer } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select, TextArea } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { teachingProblem } from "./problem";
import { useLearnedChanged } from "./queries";

interface Props {
  sourceId: string;
  /** Absent for a new one. */
  answer?: VerifiedAnswer;
  onClose: () => void;
}

const FORM = "verified-answer";
const MOST_CHARACTERS = 4_000;

/** A question and its query: written by hand, or changed. */
export function VerifiedDialog({ sourceId: given, answer, onClose }: Props) {
  const { learning } = useApp().clients;
  const sources = (useSources().data ?? []).filter((one) => one.state === SourceState.READY);
  const [picked, setPicked] = useState(given);
  const sourceId = picked || (sources.length === 1 ? (sources[0]?.id ?? "") : "");
  const [question, setQuestion] = useState(answer?.question ?? "");
  const [sql, setSql] = useState(answer?.sql ?? "");
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const complete = question.trim() !== "" && sql.trim() !== "" && sourceId !== "";
  const save = useMutation({
    mutationFn: async () => {
      if (answer === undefined) {
        const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        await learning.createVerifiedAnswer({ sourceId, question, basis: { case: "sql", value: sql }, timeZone });
        return;
      }
      const fields = { ...(question === answer.question ? {} : { question }), ...(sql === answer.sql ? {} : { sql }) };
      await learning.updateVerifiedAnswer({ verifiedAnswerId: answer.id, ...fields });
    },
    onSuccess: async () => {
      show(answer ? "The verified answer was changed." : "The answer is verified.");
      onClose();
      await changed();
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
      title={answer ? "Verified answer" : "Add a verified answer"}
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={save.isPending} disabled={!complete} data-testid="save-answer">
            Save
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4" noValidate>
        {save.isError && <Notice alert>{teachingProblem(save.error)}</Notice>}
        <Field label="Question" hint="As people ask it. The same question in other words is answered by this too.">
          {(control) => (
            <Input {...control} autoFocus maxLength={MOST_CHARACTERS} value={question} onChange={(event) => setQuestion(event.target.value.replaceAll("\0", ""))} data-testid="answer-question" />
          )}
        </Field>
        {answer === undefined && sources.length > 1 && (
          <Field label="Source">
            {(control) => (
              <Select {...control} value={sourceId} onChange={(event) => setPicked(event.target.value)} data-testid="answer-source">
                <option value="">Choose a source</option>
                {sources.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label="Query" hint="One SELECT in the source’s own dialect. It runs with each asker’s own rights.">
          {(control) => (
            <TextArea
              {...control}
              rows={8}
              className="font-mono text-[0.8125rem]"
              autoCapitalize="off"
              spellCheck={false}
              value={sql}
              onChange={(event) => setSql(event.target.value.replaceAll("\0", ""))}
              data-testid="answer-sql"
            />
          )}
        </Field>
      </form>
    </WideDialog>
  );
}
