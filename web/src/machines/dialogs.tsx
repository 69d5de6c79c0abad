import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, useSignedIn } from "@/app/context";
import { roleName } from "@/app/roles";
import { Role } from "@/gen/infinure/auth/v1/user_pb";
import type { ServiceAccount } from "@/gen/infinure/auth/v1/service_account_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { ROLES } from "@/people/place";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Input, Select } from "@/ui/Input";
import { useToasts } from "@/ui/toasts";
import { useChange } from "./queries";
import { SCOPES } from "./scopes";

const LIVES = [30, 90, 180, 365];

/** Makes an account. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const { serviceAccounts } = useApp().clients;
  const show = useToasts((toasts) => toasts.show);
  const [name, setName] = useState("");
  const [role, setRole] = useState(Role.ANALYST);
  const make = useChange(
    () => serviceAccounts.createServiceAccount({ name, role }),
    () => {
      show(`${name} was made. Give it a key next.`);
      onClose();
    },
  );
  return (
    <FormDialog title="New service account" submit="Create" ready={name.trim() !== ""} work={make} problem={told} onClose={onClose}>
      <Field label="Name" hint="What the program is, say “Nightly report”.">
        {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value.replaceAll("\0", ""))} />}
      </Field>
      <Field label="Role" hint="It shapes the answers; what the program may do is up to its keys.">
        {(control) => (
          <Select {...control} value={role} onChange={(event) => setRole(Number(event.target.value))}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {roleName(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}

/** Makes a key, and shows it this once. */
export function KeyDialog({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const { serviceAccounts } = useApp().clients;
  const { user } = useSignedIn();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState([Permission.ASK, Permission.READ_SOURCES]);
  const [lifeDays, setLifeDays] = useState(90);
  const [secret, setSecret] = useState<string>();
  const make = useChange(
    () => serviceAccounts.createApiKey({ serviceAccountId: account.id, name, scopes, lifeDays }),
    (made) => setSecret(made.secret),
  );
  if (secret !== undefined) {
    return (
      // It can't be shown again, so neither Escape nor a click beside it closes it.
      <Dialog open onClose={() => undefined} title="Copy this key now">
        <p className="mt-2 mb-4 text-ink-soft">It is shown this once and kept nowhere. Whoever has it can do what it allows.</p>
        <div className="flex items-center gap-2 rounded-lg bg-sunken p-3">
          <code className="min-w-0 flex-1 text-sm break-all" data-testid="api-key">
            {secret}
          </code>
          <CopyButton text={() => secret} label="Copy the key" />
        </div>
        <div className="mt-5 flex justify-end">
          <Button look="primary" onClick={onClose}>
            I have it
          </Button>
        </div>
      </Dialog>
    );
  }
  const toggle = (scope: Permission, given: boolean) => setScopes(given ? [...scopes, scope] : scopes.filter((one) => one !== scope));
  return (
    <FormDialog title={`New key for ${account.name}`} submit="Create key" ready={name.trim() !== "" && scopes.length > 0} work={make} problem={told} onClose={onClose}>
      <Field label="Name" hint="What the key is for, to know it again.">
        {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value.replaceAll("\0", ""))} />}
      </Field>
      <fieldset className="text-sm">
        <legend className="mb-1 font-medium">It may</legend>
        {SCOPES.filter(([scope]) => user.permissions.includes(scope)).map(([scope, label]) => (
          <label key={scope} className="flex w-fit items-center gap-2 py-1">
            <input type="checkbox" className="size-4 accent-accent" checked={scopes.includes(scope)} onChange={(event) => toggle(scope, event.target.checked)} />
            {label}
          </label>
        ))}
      </fieldset>
      <Field label="Good for">
        {(control) => (
          <Select {...control} value={lifeDays} onChange={(event) => setLifeDays(Number(event.target.value))}>
            {LIVES.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}

interface SureProps {
  title: string;
  consequence: string;
  submit: string;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Ends something, when that was confirmed. */
export function EndDialog({ title, consequence, submit, act, onClose }: SureProps) {
  const end = useChange(act, onClose);
  return (
    <FormDialog title={title} submit={submit} danger work={end} problem={told} onClose={onClose}>
      <p className="text-ink-soft">{consequence}</p>
    </FormDialog>
  );
}

function told(error: unknown): string {
  return problemText(problemOf(error));
}
