import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import type { IdentityProvider } from "@/gen/infinure/auth/v1/identity_provider_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Section } from "@/security/Section";
import { Page } from "@/sources/Page";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { FormDialog } from "@/ui/FormDialog";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { Copied, Domains } from "./Domains";
import { ProviderDialog } from "./ProviderDialog";
import { useChange, useProviders } from "./queries";

/** An organization's domains and identity providers, for its administrators. */
export default function SignOnSettingsPage() {
  useTitle("Single sign-on");
  const mayAdminister = usePermission(Permission.ADMINISTER);
  return (
    <Page title="Single sign-on" subtitle="Your people log in where your organization does.">
      {mayAdminister ? (
        <>
          <Domains />
          <Providers />
        </>
      ) : (
        <Notice tone="neutral">Your role doesn’t show these settings. Ask the person who manages your organization.</Notice>
      )}
    </Page>
  );
}

function Providers() {
  const found = useProviders();
  const [making, setMaking] = useState(false);
  const providers = found.data?.identityProviders ?? [];
  return (
    <Section title="Identity providers" subtitle="Who vouches for your people. They come in by the one that is enabled.">
      {found.isPending && <Skeleton className="h-16 rounded-lg" />}
      {found.isError && (
        <Notice alert action={<Button size="small" onClick={() => found.refetch()}>Try again</Button>}>
          {problemText(problemOf(found.error))}
        </Notice>
      )}
      {found.isSuccess && providers.length === 0 && <p className="mb-3 text-sm text-ink-faint">None yet. OpenID Connect and SAML 2.0 are spoken.</p>}
      {providers.length > 0 && (
        <ul className="mb-4 divide-y divide-line" aria-label="Identity providers">
          {providers.map((provider) => (
            <Provider key={provider.id} provider={provider} />
          ))}
        </ul>
      )}
      <Button onClick={() => setMaking(true)}>New identity provider</Button>
      {making && <ProviderDialog onClose={() => setMaking(false)} />}
    </Section>
  );
}

function Provider({ provider }: { provider: IdentityProvider }) {
  const { identityProviders } = useApp().clients;
  const [asking, setAsking] = useState<"change" | "delete">();
  const close = () => setAsking(undefined);
  const remove = useChange(() => identityProviders.deleteIdentityProvider({ identityProviderId: provider.id }), close);
  const { settings } = provider;
  const speaksSaml = settings?.protocol.case === "saml";
  return (
    <li className="py-3" data-testid="identity-provider">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{settings?.name}</span>
          <Badge>{speaksSaml ? "SAML 2.0" : "OpenID Connect"}</Badge>
          {settings?.enabled === true && <Badge tone="accent">Enabled</Badge>}
        </p>
        <div className="flex gap-2">
          <Button size="small" onClick={() => setAsking("change")}>
            Change
          </Button>
          <Button size="small" look="quiet-danger" onClick={() => setAsking("delete")}>
            Delete
          </Button>
        </div>
      </div>
      <div className="mt-2 text-sm">
        <p className="text-ink-soft">Tell the provider:</p>
        <Copied label={speaksSaml ? "ACS" : "Redirect"} text={provider.redirectUri} />
        {speaksSaml && <Copied label="Entity" text={provider.serviceProviderEntityId} />}
      </div>
      {asking === "change" && <ProviderDialog provider={provider} onClose={close} />}
      {asking === "delete" && (
        <FormDialog title={`Delete ${settings?.name ?? ""}?`} submit="Delete" danger work={remove} problem={(error) => problemText(problemOf(error))} onClose={close}>
          <p className="text-ink-soft">Nobody comes in by it any more. Accounts and open sessions stay; whoever has no password sets one by “Forgot your password?”.</p>
        </FormDialog>
      )}
    </li>
  );
}
