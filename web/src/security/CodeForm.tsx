import { useEffect, useId, useState, type ReactNode, type SyntheticEvent } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";

interface Props {
  label: string;
  hint?: string;
  /** Whether the code is digits alone, as an app shows it. */
  digits: boolean;
  submit: string;
  onSubmit: (code: string) => Promise<void>;
  children?: ReactNode;
}

/** One code and the button that sends it; what is wrong with it is told above. */
export function CodeForm({ label, hint, digits, submit, onSubmit, children }: Props) {
  const id = useId();
  const [code, setCode] = useState("");
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => document.getElementById(id)?.focus(), [id]);

  const send = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (code.trim() === "") return;
    setBusy(true);
    setFailure(undefined);
    try {
      await onSubmit(code.trim());
    } catch (thrown) {
      setFailure(problemText(problemOf(thrown)));
      setCode("");
      document.getElementById(id)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="grid gap-4" onSubmit={send} noValidate>
      {failure !== undefined && <Notice alert>{failure}</Notice>}
      <Field label={label} id={id} hint={hint}>
        {(control) => (
          <Input
            {...control}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode={digits ? "numeric" : "text"}
            maxLength={64}
            autoCapitalize="off"
            spellCheck={false}
            className="font-mono tracking-wider"
            data-testid="mfa-code"
          />
        )}
      </Field>
      {children}
      <Button type="submit" look="primary" busy={busy} disabled={code.trim() === ""}>
        {submit}
      </Button>
    </form>
  );
}
