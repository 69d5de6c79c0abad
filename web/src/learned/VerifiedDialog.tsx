import { useState } from "react";
import { useApp } from "@/app/context";
import type { VerifiedAnswer } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Field } from "@/ui/Field";
import { Input, TextArea } from "@/ui/Input";
import { PickedSource, usePickedSource } from "./PickedSource";
import { TeachingDialog } from "./TeachingDialog";

interface Props {
  sourceId: string;
  /** Absent for a new one. */
  answer?: VerifiedAnswer;
  onClose: () => void;
}

const MOST_CHARACTERS = 4_000;

/** A question and its query: written by hand, or changed. */
export function VerifiedDialog({ sourceId: given, answer, onClose }: Props) {
  const { learning } = useApp().clients;
  const { sources, sourceId, pick } = usePickedSource(given);
  const [question, setQuestion] = useState(answer?.question ?? "");
  const [sql, setSql] = useState(answer?.sql ?? "");
  const save = async () => {
    if (answer === undefined) {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      await learning.createVerifiedAnswer({ sourceId, question, basis: { case: "sql", value: sql }, timeZone });
      return;
    }
    const fields = { ...(question === answer.question ? {} : { question }), ...(sql === answer.sql ? {} : { sql }) };
    await learning.updateVerifiedAnswer({ verifiedAnswerId: answer.id, ...fields });
  };
  return (
    <TeachingDialog
      title={answer ? "Verified answer" : "Add a verified answer"}
      action="Save"
      testId="save-answer"
      complete={question.trim() !== "" && sql.trim() !== "" && sourceId !== ""}
      save={save}
      saved={answer ? "The verified answer was changed." : "The answer is verified."}
      onClose={onClose}
      className="grid gap-4"
    >
      <Field label="Question" hint="As people ask it. The same question in other words is answered by this too.">
        {(control) => (
          <Input {...control} autoFocus maxLength={MOST_CHARACTERS} value={question} onChange={(event) => setQuestion(event.target.value.replaceAll("\0", ""))} data-testid="answer-question" />
        )}
      </Field>
      {answer === undefined && sources.length > 1 && (
        <PickedSource label="Source" sources={sources} sourceId={sourceId} onPick={pick} testId="answer-source" />
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
    </TeachingDialog>
  );
}
