import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Link } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { LINK_CLASSES } from "@/auth/EntryPage";
import { PasswordPolicy, type GetOrganizationSettingsResponse } from "@/gen/infinure/auth/v1/organization_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Section } from "@/security/Section";
import { Page } from "@/sources/Page";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Radio } from "@/ui/Radio";
import { Skeleton } from "@/ui/Spinner";
import { useToasts } from "@/ui/toasts";

const KEY = ["organization-settings"];
const POLICIES: [PasswordPolicy, string][] = [
  [PasswordPolicy.CLASSES, "At least 12 characters, with upper and lower case, a digit and a symbol"],
  [PasswordPolicy.NIST, "At least 15 characters of any kind (NIST SP 800-63B)"],
];

/** What an organization decides for itself, for its administrators. */
export default function OrganizationPage() {
  useTitle("Organization");
  const mayAdminister = usePermission(Permission.ADMINISTER);
  return (
    <Page title="Organization" subtitle="What holds for everybody in it.">
      {mayAdminister ? <Settings /> : <Notice tone="neutral">Your role doesn’t show these settings. Ask the person who manages your organization.</Notice>}
    </Page>
  );
}

function Settings() {
  const { organization } = useApp().clients;
  const read = useQuery({ queryKey: KEY, queryFn: () => organization.getOrganizationSettings({}) });
  if (read.isPending) return <Skeleton className="h-64 rounded-xl" />;
  if (read.isError) {
    return (
      <Notice alert action={<Button size="small" onClick={() => read.refetch()}>Try again</Button>}>
        {problemText(problemOf(read.error))}
      </Notice>
    );
  }
  return <Form key={read.data.etag} read={read.data} />;
}

function Form({ read }: { read: GetOrganizationSettingsResponse }) {
  const { clients, session } = useApp();
  const queries = useQueryClient();
  const show = useToasts((toasts) => toasts.show);
  const [name, setName] = useState(read.settings?.name ?? "");
  const [mfaRequired, setMfaRequired] = useState(read.settings?.mfaRequired ?? false);
  const [mfaByEmail, setMfaByEmail] = useState(read.settings?.mfaByEmail ?? false);
  const [passwordPolicy, setPolicy] = useState(read.settings?.passwordPolicy ?? PasswordPolicy.CLASSES);
  const save = useMutation({
    mutationFn: () => clients.organization.updateOrganizationSettings({ settings: { name, mfaRequired, mfaByEmail, passwordPolicy }, etag: read.etag }),
    onSuccess: async (saved) => {
      show("The settings were saved.");
      queries.setQueryData(KEY, saved);
      // The organization's name is shown beside.
      await session.resume();
    },
  });
  const problem = save.isError ? problemOf(save.error) : undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && !save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-6" noValidate>
      <Section title="Name" subtitle="As your people see it.">
        <Field label="Name of the organization" error={name.trim() === "" ? "Enter a name." : undefined}>
          {(control) => <Input {...control} className="max-w-md" maxLength={255} value={name} onChange={(event) => setName(event.target.value.replaceAll("\0", ""))} />}
        </Field>
      </Section>
      <Section title="Logging in" subtitle="Changes hold from the next login on.">
        <Check label="Everybody needs a second factor" hint="Whoever has none sets one up at their next login. Whoever is logged in by a password alone is logged out, but for you." checked={mfaRequired} onChange={setMfaRequired} />
        <Check label="A code by e-mail is enough" hint="Beside authenticator apps, which are safer. Only for confirmed addresses." checked={mfaByEmail} onChange={setMfaByEmail} />
      </Section>
      <Section title="New passwords" subtitle="Passwords in use stay as they are. Common ones are always refused.">
        <div role="radiogroup" aria-label="New passwords">
          {POLICIES.map(([policy, label]) => (
            <Radio key={policy} name="policy" checked={passwordPolicy === policy} onChoose={() => setPolicy(policy)}>
              {label}
            </Radio>
          ))}
        </div>
      </Section>
      {problem?.reason === ErrorReason.MFA_NOT_ENROLLED ? (
        <Notice alert>
          You would be the first to be shut out: set up a second factor for yourself on the page{" "}
          <Link to="/settings/security" className={LINK_CLASSES}>
            Security
          </Link>
          , then require it.
        </Notice>
      ) : (
        problem && (
          <Notice alert action={<Button size="small" onClick={() => queries.invalidateQueries({ queryKey: KEY })}>Read again</Button>}>
            {problemText(problem)}
          </Notice>
        )
      )}
      <Button type="submit" look="primary" className="justify-self-start" busy={save.isPending} disabled={name.trim() === ""}>
        Save
      </Button>
    </form>
  );
}

function Check({ label, hint, checked, onChange }: { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex items-start gap-2.5 py-1.5">
      <input type="checkbox" className="mt-1 size-4 shrink-0 accent-accent" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        <span className="block text-sm text-ink-faint">{hint}</span>
      </span>
    </label>
  );
}
