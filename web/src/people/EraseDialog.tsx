import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApp } from "@/app/context";
import type { UserAccount } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Input } from "@/ui/Input";
import { ERASURES } from "./Erasures";
import { changeProblem, useChange } from "./PersonDialogs";
import { personName } from "./place";

/** Has somebody erased for good, once their address was typed. */
export function EraseDialog({ account, onClose }: { account: UserAccount; onClose: () => void }) {
  const { privacy } = useApp().clients;
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const name = personName(account);
  const email = account.user?.email ?? "";
  const erase = useChange(
    async () => {
      await privacy.eraseUser({ userId: account.user?.id ?? "" });
      await queries.invalidateQueries({ queryKey: ERASURES });
    },
    `${name} is being erased.`,
    onClose,
  );
  return (
    <FormDialog title={`Erase ${name}?`} submit="Erase for good" danger work={erase} problem={changeProblem} ready={typed.trim().toLowerCase() === email.toLowerCase()} onClose={onClose}>
      <p className="text-ink-soft">
        Their name, e-mail, conversations, verdicts and files are deleted everywhere. What they connected, taught or verified stays your organization’s, and the audit log stays without a name. This can’t be taken back.
      </p>
      <Field label={`Type ${email} to confirm`}>
        {(control) => <Input {...control} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
    </FormDialog>
  );
}
