import { useState } from "react";
import { problemOf } from "@/api/problem";
import { useApp } from "@/app/context";
import { roleName } from "@/app/roles";
import type { IdentityProvider } from "@/gen/infinure/auth/v1/identity_provider_pb";
import type { Role } from "@/gen/infinure/auth/v1/user_pb";
import { ROLES } from "@/people/place";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Input, PasswordInput, Select, TextArea } from "@/ui/Input";
import { Radio } from "@/ui/Radio";
import { draftOf, isFilled, NEW, PRESETS, settingsOf, type Draft } from "./provider";
import { useChange } from "./queries";

/** Sets one up, or changes one; its protocol stays. */
export function ProviderDialog({ provider, onClose }: { provider?: IdentityProvider; onClose: () => void }) {
  const { identityProviders } = useApp().clients;
  const [draft, setDraft] = useState<Draft>(() => (provider === undefined ? NEW : draftOf(provider)));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useChange<unknown>(
    () =>
      provider === undefined
        ? identityProviders.createIdentityProvider({ settings: settingsOf(draft), clientSecret: draft.secret })
        : identityProviders.updateIdentityProvider({
            identityProviderId: provider.id,
            settings: settingsOf(draft),
            etag: provider.etag,
            ...(draft.secret !== "" && { clientSecret: draft.secret }),
          }),
    onClose,
  );
  return (
    <FormDialog title={provider === undefined ? "New identity provider" : `Change ${provider.settings?.name ?? ""}`} submit="Save" ready={isFilled(draft)} work={save} problem={(error) => problemText(problemOf(error))} onClose={onClose}>
      {provider === undefined && (
        <div role="radiogroup" aria-label="Protocol">
          <Radio name="protocol" checked={draft.protocol === "oidc"} onChoose={() => change({ protocol: "oidc" })}>
            OpenID Connect
          </Radio>
          <Radio name="protocol" checked={draft.protocol === "saml"} onChoose={() => change({ protocol: "saml" })}>
            SAML 2.0
          </Radio>
        </div>
      )}
      <Text label="Name" max={100} value={draft.name} onChange={(name) => change({ name })} hint="For administrators, say “Company login”." />
      {draft.protocol === "oidc" ? <OidcFields draft={draft} kept={provider !== undefined} change={change} /> : <SamlFields draft={draft} change={change} />}
      <Check label="People come in by it" checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      <Check label="Make an account for whoever has none" checked={draft.createsUsers} onChange={(createsUsers) => change({ createsUsers })} />
      <Field label="Role of new accounts">{(control) => <RoleSelect {...control} role={draft.defaultRole} onChoose={(defaultRole) => change({ defaultRole })} />}</Field>
      <Rules draft={draft} change={change} />
    </FormDialog>
  );
}

interface Part {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function OidcFields({ draft, kept, change }: Part & { kept: boolean }) {
  const example = PRESETS.find(([preset]) => preset === draft.preset)?.[2] ?? "";
  return (
    <>
      <Field label="Provider">
        {(control) => (
          <Select {...control} value={draft.preset} onChange={(event) => change({ preset: Number(event.target.value) })}>
            {PRESETS.map(([preset, name]) => (
              <option key={preset} value={preset}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Text label="Issuer" max={1024} value={draft.issuer} onChange={(issuer) => change({ issuer })} hint={`Exactly as its discovery document says, like ${example}`} />
      <Text label="Client ID" max={512} value={draft.clientId} onChange={(clientId) => change({ clientId })} />
      <Field label="Client secret" optional hint={kept ? "Leave it empty to keep the one there is. A new issuer needs it given anew." : "It is sealed, and never shown again."}>
        {(control) => <PasswordInput {...control} autoComplete="off" maxLength={1024} value={draft.secret} onChange={(event) => change({ secret: event.target.value })} />}
      </Field>
    </>
  );
}

function SamlFields({ draft, change }: Part) {
  return (
    <>
      <Text label="Entity ID" max={1024} value={draft.entityId} onChange={(entityId) => change({ entityId })} hint="What the provider calls itself." />
      <Text label="Login address" max={1024} value={draft.ssoUrl} onChange={(ssoUrl) => change({ ssoUrl })} hint="Its single sign-on service, by HTTP-Redirect." />
      <Field label="Certificates" hint="In PEM, one or more. Assertions must be signed by one of them.">
        {(control) => <TextArea {...control} rows={5} spellCheck={false} maxLength={65_536} className="font-mono text-xs" value={draft.certificates} onChange={(event) => change({ certificates: event.target.value })} />}
      </Field>
      <Check label="Take logins that begin at the provider" hint="Another site can then log your people in as somebody else. Off is safer." checked={draft.idpInitiated} onChange={(idpInitiated) => change({ idpInitiated })} />
    </>
  );
}

function Rules({ draft, change }: Part) {
  const put = (index: number, part: { group?: string; role?: Role }) =>
    change({ rules: draft.rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)) });
  return (
    <fieldset className="grid gap-2 text-sm">
      <legend className="mb-1 font-medium">Roles by group</legend>
      <p className="text-ink-faint">The first that matches decides the role, at each login. Who is CEO stays that.</p>
      {draft.rules.map((rule, index) => (
        <div key={index} className="flex items-center gap-2">
          <Input aria-label={`Group ${index + 1}`} maxLength={255} value={rule.group} onChange={(event) => put(index, { group: event.target.value.replaceAll("\0", "") })} />
          <RoleSelect aria-label={`Role of group ${index + 1}`} role={rule.role} onChoose={(role) => put(index, { role })} />
          <Button size="small" look="quiet" onClick={() => change({ rules: draft.rules.filter((_, at) => at !== index) })}>
            Remove
          </Button>
        </div>
      ))}
      <Button size="small" className="justify-self-start" disabled={draft.rules.length >= 100} onClick={() => change({ rules: [...draft.rules, { group: "", role: draft.defaultRole }] })}>
        Add a rule
      </Button>
      {draft.rules.length > 0 && <Text label="Attribute that names groups" max={255} value={draft.groupAttribute} onChange={(groupAttribute) => change({ groupAttribute })} />}
    </fieldset>
  );
}

function RoleSelect({ role, onChoose, ...control }: { role: Role; onChoose: (role: Role) => void; id?: string; "aria-label"?: string }) {
  return (
    <Select {...control} value={role} onChange={(event) => onChoose(Number(event.target.value))}>
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {roleName(one)}
        </option>
      ))}
    </Select>
  );
}

function Text({ label, hint, max, value, onChange }: { label: string; hint?: string; max: number; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(control) => <Input {...control} maxLength={max} spellCheck={false} value={value} onChange={(event) => onChange(event.target.value.replaceAll("\0", ""))} />}
    </Field>
  );
}

function Check({ label, hint, checked, onChange }: { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex items-start gap-2.5 text-sm">
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint !== undefined && <span className="block text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
