import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Link } from "react-router";
import { problemOf } from "@/api/problem";
import { useApp, usePermission } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Outcome, type Receipt } from "@/gen/infinure/ml_gateway/v1/receipt_pb";
import { teachingProblem } from "@/learned/problem";
import { useLearnedChanged } from "@/learned/queries";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { SealIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { Sql } from "./Sql";

const FORM = "verify";
const ANSWERED = [Outcome.ANSWERED, Outcome.NO_DATA];

/** Vouches for an answer, so that the same question is answered by its query from now on. For who may. */
export function Verify({ receipt, question }: { receipt: Receipt; question: string }) {
  const mayTeach = usePermission(Permission.MANAGE_SOURCES);
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string>();
  if (!mayTeach || receipt.planFingerprint === "" || receipt.verifiedAnswerId !== "" || !ANSWERED.includes(receipt.outcome)) return null;
  if (made !== undefined) {
    return (
      <Link
        to={`/learned?tab=answers&source=${receipt.sourceId}&id=${made}`}
        className="inline-flex h-8 items-center gap-1.5 rounded-lg px-2 text-sm text-success hover:bg-success-soft"
        data-testid="is-verified"
      >
        <SealIcon className="size-4.5" /> Verified
      </Link>
    );
  }
  return (
    <>
      <Button look="quiet" size="small" className="px-2!" onClick={() => setOpen(true)} data-testid="verify">
        <SealIcon className="size-4.5" /> Mark as verified
      </Button>
      {open && <VerifyDialog receipt={receipt} question={question} onMade={setMade} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Props {
  receipt: Receipt;
  question: string;
  onMade: (verifiedAnswerId: string) => void;
  onClose: () => void;
}

function VerifyDialog({ receipt, question: asked, onMade, onClose }: Props) {
  const { learning } = useApp().clients;
  const [question, setQuestion] = useState(asked || receipt.question);
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const leans = receipt.earlier.length > 0;
  const verify = useMutation({
    mutationFn: async () => (await learning.createVerifiedAnswer({ question, basis: { case: "receipt", value: receipt } })).verifiedAnswer,
    onSuccess: async (answer) => {
      show("Verified. The same question is answered by this from now on.");
      onClose();
      if (answer) onMade(answer.id);
      await changed();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!leans && question.trim() !== "" && !verify.isPending) verify.mutate();
  };
  return (
    <WideDialog
      open
      onClose={() => !verify.isPending && onClose()}
      title="Mark as verified"
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={verify.isPending} disabled={leans || question.trim() === ""} data-testid="confirm-verify">
            Mark as verified
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4" noValidate>
        {leans && <Notice tone="warning">This question leans on those before it, so it means nothing by itself. Ask it as a whole question, and verify that answer.</Notice>}
        {verify.isError && <Notice alert>{problemTextOf(verify.error, receipt.sourceId)}</Notice>}
        <p className="text-ink-soft">You vouch for this query. Whoever of your organization asks the question, in other words too, gets its result with their own rights, and is told that it was verified.</p>
        <Field label="Question" hint="As people ask it; its numbers, dates and periods must stay.">
          {(control) => <Input {...control} autoFocus={!leans} disabled={leans} maxLength={4_000} value={question} onChange={(event) => setQuestion(event.target.value.replaceAll("\0", ""))} data-testid="verify-question" />}
        </Field>
        <div className="min-w-0 text-sm">
          <h3 className="mb-1 font-medium">Query</h3>
          <Sql text={receipt.sql} />
        </div>
      </form>
    </WideDialog>
  );
}

function problemTextOf(thrown: unknown, sourceId: string) {
  switch (problemOf(thrown).reason) {
    case ErrorReason.VERIFIED_ANSWER_EXISTS:
      return (
        <>
          This question is verified already.{" "}
          <Link className="underline underline-offset-3" to={`/learned?tab=answers&source=${sourceId}`}>
            Look at the verified answers
          </Link>
        </>
      );
    case ErrorReason.RECEIPT_NOT_REPLAYABLE:
      return "The question would be answered by another query today: the data or what was learned has changed since. Ask it again, and verify that answer.";
    default:
      return teachingProblem(thrown);
  }
}
