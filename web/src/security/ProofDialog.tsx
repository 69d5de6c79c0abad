import { useState, type SyntheticEvent } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/Input";
import { Notice } from "@/ui/Notice";

interface Props {
  title: string;
  explanation: string;
  submit: string;
  danger?: boolean;
  onClose: () => void;
  onProven: (password: string) => Promise<void>;
}

/** Asks for the password before the second factor is changed. */
export function ProofDialog({ title, explanation, submit, danger = false, onClose, onProven }: Props) {
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const send = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await onProven(password);
    } catch (thrown) {
      setFailure(problemText(problemOf(thrown)));
      setBusy(false);
    }
  };

  return (
    <Dialog open onClose={onClose} title={title}>
      <p className="mt-2 mb-5 text-ink-soft">{explanation}</p>
      <form className="grid gap-4" onSubmit={send} noValidate>
        {failure !== undefined && <Notice alert>{failure}</Notice>}
        <Field label="Your password" id="proof-password">
          {(control) => (
            <PasswordInput
              {...control}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              maxLength={1024}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={danger ? "danger" : "primary"} busy={busy} disabled={password === ""}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
