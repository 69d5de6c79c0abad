import { useState, type SyntheticEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { Section } from "./Section";

/** One's own new password; what it must be, the server says. */
export function ChangePassword() {
  const { users } = useApp().clients;
  const queries = useQueryClient();
  const show = useToasts((toasts) => toasts.show);
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await users.changePassword({ currentPassword: current, newPassword: wanted });
      setCurrent("");
      setWanted("");
      show("Your password was changed. Your other sessions have ended.");
      await queries.invalidateQueries({ queryKey: ["devices"] });
    } catch (thrown) {
      setFailure(problemText(problemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title="Password" subtitle="A new one ends every other session of yours.">
      <form className="grid max-w-md gap-4" onSubmit={submit} noValidate>
        {failure !== undefined && <Notice alert>{failure}</Notice>}
        <Field label="Current password" id="current-password">
          {(control) => (
            <PasswordInput {...control} value={current} onChange={(event) => setCurrent(event.target.value)} autoComplete="current-password" maxLength={1024} />
          )}
        </Field>
        <Field label="New password" id="new-password">
          {(control) => <PasswordInput {...control} value={wanted} onChange={(event) => setWanted(event.target.value)} autoComplete="new-password" maxLength={1024} />}
        </Field>
        <Button type="submit" className="justify-self-start" busy={busy} disabled={current === "" || wanted === ""}>
          Change password
        </Button>
      </form>
    </Section>
  );
}
