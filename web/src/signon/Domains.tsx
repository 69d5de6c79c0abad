import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { EmailDomain } from "@/gen/infinure/auth/v1/identity_provider_pb";
import { Section } from "@/security/Section";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { useChange, useDomains } from "./queries";

const told = (error: unknown) => problemText(problemOf(error));

/** The domains that the organization says are its own. */
export function Domains() {
  const found = useDomains();
  const [adding, setAdding] = useState(false);
  const domains = found.data?.domains ?? [];
  return (
    <Section title="E-mail domains" subtitle="Whose addresses come in by your identity provider. A record in the domain’s DNS shows that it is yours.">
      {found.isPending && <Skeleton className="h-16 rounded-lg" />}
      {found.isError && (
        <Notice alert action={<Button size="small" onClick={() => found.refetch()}>Try again</Button>}>
          {told(found.error)}
        </Notice>
      )}
      {found.isSuccess && domains.length === 0 && <p className="mb-3 text-sm text-ink-faint">No domain yet. Without one nobody can come in by an identity provider.</p>}
      {domains.length > 0 && (
        <ul className="mb-4 divide-y divide-line" aria-label="E-mail domains">
          {domains.map((domain) => (
            <Domain key={domain.id} domain={domain} />
          ))}
        </ul>
      )}
      <Button onClick={() => setAdding(true)}>Add a domain</Button>
      {adding && <AddDomain onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Domain({ domain }: { domain: EmailDomain }) {
  const { identityProviders } = useApp().clients;
  const [removing, setRemoving] = useState(false);
  const verify = useChange(() => identityProviders.verifyEmailDomain({ emailDomainId: domain.id }), () => undefined);
  const remove = useChange(
    () => identityProviders.removeEmailDomain({ emailDomainId: domain.id }),
    () => setRemoving(false),
  );
  const verified = domain.verifyTime !== undefined;
  return (
    <li className="py-3" data-testid="email-domain">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{domain.domain}</span>
          {verified ? <Badge tone="accent">Verified</Badge> : <Badge>Not shown yet</Badge>}
        </p>
        <div className="flex gap-2">
          {!verified && (
            <Button size="small" busy={verify.isPending} onClick={() => verify.mutate()}>
              Look for the record
            </Button>
          )}
          <Button size="small" look="quiet-danger" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </div>
      </div>
      {!verified && (
        <div className="mt-2 text-sm">
          <p className="text-ink-soft">Make this TXT record at whoever keeps the domain’s DNS:</p>
          <Copied label="Name" text={domain.recordName} />
          <Copied label="Value" text={domain.recordValue} />
        </div>
      )}
      {verify.isError && <Notice alert>{told(verify.error)}</Notice>}
      {removing && (
        <FormDialog title={`Remove ${domain.domain}?`} submit="Remove" danger work={remove} problem={told} onClose={() => setRemoving(false)}>
          <p className="text-ink-soft">Nobody comes in by its addresses any more. Accounts and open sessions stay.</p>
        </FormDialog>
      )}
    </li>
  );
}

/** A text that is to be copied elsewhere. */
export function Copied({ label, text }: { label: string; text: string }) {
  return (
    <p className="mt-1.5 flex flex-wrap items-center gap-2">
      <span className="w-14 shrink-0 text-ink-faint">{label}</span>
      <code className="min-w-0 rounded bg-sunken px-1.5 py-0.5 break-all">{text}</code>
      <CopyButton text={() => text} label={`Copy ${label}`} />
    </p>
  );
}

function AddDomain({ onClose }: { onClose: () => void }) {
  const { identityProviders } = useApp().clients;
  const [domain, setDomain] = useState("");
  const add = useChange(() => identityProviders.addEmailDomain({ domain: domain.trim() }), onClose);
  return (
    <FormDialog title="Add a domain" submit="Add" ready={domain.trim() !== ""} work={add} problem={told} onClose={onClose}>
      <Field label="Domain" hint="What stands behind the @, say “example.com”.">
        {(control) => <Input {...control} maxLength={253} autoCapitalize="none" spellCheck={false} value={domain} onChange={(event) => setDomain(event.target.value)} />}
      </Field>
    </FormDialog>
  );
}
