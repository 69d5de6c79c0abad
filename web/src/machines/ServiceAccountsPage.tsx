import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { roleName } from "@/app/roles";
import { useTitle } from "@/app/title";
import type { ApiKey, ServiceAccount } from "@/gen/infinure/auth/v1/service_account_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Empty } from "@/learned/List";
import { dayOf, momentOf } from "@/security/words";
import { Page } from "@/sources/Page";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { AccountDialog, EndDialog, KeyDialog } from "./dialogs";
import { useChange, useServiceAccounts } from "./queries";
import { scopeNames } from "./scopes";

/** Programs that come in by keys, for the administrators. */
export default function ServiceAccountsPage() {
  useTitle("Service accounts");
  const mayAdminister = usePermission(Permission.ADMINISTER);
  if (!mayAdminister) {
    return (
      <Page title="Service accounts">
        <Notice tone="neutral">Your role doesn’t show service accounts. Ask the person who manages your organization.</Notice>
      </Page>
    );
  }
  return <Accounts />;
}

function Accounts() {
  const found = useServiceAccounts();
  const [making, setMaking] = useState(false);
  const accounts = found.data?.serviceAccounts ?? [];
  const make = (
    <Button look="primary" onClick={() => setMaking(true)}>
      New service account
    </Button>
  );
  return (
    <Page title="Service accounts" subtitle="Programs of yours that ask in their own name, by keys." action={accounts.length > 0 && make}>
      <div className="grid gap-4">
        {found.isPending && <Skeleton className="h-40 rounded-xl" />}
        {found.isError && (
          <Notice alert action={<Button size="small" onClick={() => found.refetch()}>Try again</Button>}>
            {problemText(problemOf(found.error))}
          </Notice>
        )}
        {found.isSuccess && accounts.length === 0 && (
          <Empty title="No program comes in yet" action={make}>
            A service account lets a program ask, without anybody’s password.
          </Empty>
        )}
        {accounts.map((account) => (
          <Account key={account.id} account={account} />
        ))}
      </div>
      {making && <AccountDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Account({ account }: { account: ServiceAccount }) {
  const { administration, serviceAccounts } = useApp().clients;
  const [asking, setAsking] = useState<"key" | "deactivate" | "delete">();
  const activate = useChange(() => administration.activateUser({ userId: account.id }), () => undefined);
  const close = () => setAsking(undefined);
  return (
    <Card className="p-5" data-testid="service-account">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="flex flex-wrap items-center gap-2 font-semibold">
          <span className="wrap-anywhere">{account.name}</span>
          <Badge tone="accent">{roleName(account.role)}</Badge>
          {!account.active && <Badge tone="danger">Deactivated</Badge>}
        </h2>
        <div className="flex gap-2">
          {account.active ? (
            <>
              <Button size="small" onClick={() => setAsking("key")}>
                New key
              </Button>
              <Button size="small" look="quiet-danger" onClick={() => setAsking("deactivate")}>
                Deactivate
              </Button>
            </>
          ) : (
            <>
              <Button size="small" busy={activate.isPending} onClick={() => activate.mutate()}>
                Activate
              </Button>
              <Button size="small" look="quiet-danger" onClick={() => setAsking("delete")}>
                Delete
              </Button>
            </>
          )}
        </div>
      </div>
      {activate.isError && <Notice alert>{problemText(problemOf(activate.error))}</Notice>}
      {account.keys.length === 0 ? (
        <p className="mt-3 text-sm text-ink-faint">It has no key yet.</p>
      ) : (
        <ul className="mt-3 divide-y divide-line" aria-label={`Keys of ${account.name}`}>
          {account.keys.map((key) => (
            <Key key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {asking === "key" && <KeyDialog account={account} onClose={close} />}
      {asking === "delete" && (
        <EndDialog title={`Delete ${account.name}?`} consequence="The account and its keys are gone for good. What it asked stays in usage and in the audit log." submit="Delete" act={() => serviceAccounts.deleteServiceAccount({ serviceAccountId: account.id })} onClose={close} />
      )}
      {asking === "deactivate" && (
        <EndDialog title={`Deactivate ${account.name}?`} consequence="None of its keys is good from now on, and its tokens end within a minute. You can activate it again." submit="Deactivate" act={() => administration.deactivateUser({ userId: account.id })} onClose={close} />
      )}
    </Card>
  );
}

function Key({ apiKey }: { apiKey: ApiKey }) {
  const { serviceAccounts } = useApp().clients;
  const [asking, setAsking] = useState(false);
  const over = apiKey.expireTime !== undefined && timestampDate(apiKey.expireTime) < new Date();
  const day = (time: Timestamp | undefined) => (time === undefined ? "" : dayOf(timestampDate(time)));
  return (
    <li className="flex items-center justify-between gap-3 py-2.5 text-sm" data-testid="api-key-row">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{apiKey.name}</span>
          <code className="text-ink-faint">{apiKey.hint}…</code>
          {over && <Badge tone="danger">Expired</Badge>}
        </p>
        <p className="text-ink-faint">
          {scopeNames(apiKey.scopes)} · {over ? "ended" : "ends"} {day(apiKey.expireTime)} · {apiKey.lastUseTime ? `last used ${momentOf(timestampDate(apiKey.lastUseTime))}` : "never used"}
        </p>
      </div>
      <Button size="small" look="quiet-danger" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      {asking && (
        <EndDialog title={`Revoke ${apiKey.name}?`} consequence="Programs that use it are shut out within a minute." submit="Revoke" act={() => serviceAccounts.revokeApiKey({ apiKeyId: apiKey.id })} onClose={() => setAsking(false)} />
      )}
    </li>
  );
}
