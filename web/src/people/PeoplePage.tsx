import { useDeferredValue, useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usePermission } from "@/app/context";
import { roleName } from "@/app/roles";
import { useTitle } from "@/app/title";
import { UserState } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Empty } from "@/learned/List";
import { Page } from "@/sources/Page";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { Erasures } from "./Erasures";
import { ImportDialog } from "./ImportDialog";
import { InviteDialog } from "./PersonDialogs";
import { PersonRow } from "./PersonRow";
import { ROLES } from "./place";
import { EVERYBODY, usePeople, type Wanted } from "./queries";

/** The people of the organization, for its administrators. */
export default function PeoplePage() {
  useTitle("People");
  const mayAdminister = usePermission(Permission.ADMINISTER);
  if (!mayAdminister) {
    return (
      <Page title="People">
        <Notice tone="neutral">Your role doesn’t show the people of your organization. Ask the person who manages it.</Notice>
      </Page>
    );
  }
  return <People />;
}

function People() {
  const [wanted, setWanted] = useState(EVERYBODY);
  const [adding, setAdding] = useState<"one" | "file">();
  // While one types, the list of before stays.
  const pages = usePeople(useDeferredValue(wanted));
  const shown = pages.data?.pages.flatMap((page) => page.accounts) ?? [];
  const total = pages.data?.pages[0]?.totalSize ?? 0;
  const close = () => setAdding(undefined);
  return (
    <Page
      title="People"
      subtitle="Who can log in to your organization, and what they may do."
      action={
        <div className="flex gap-2">
          <Button onClick={() => setAdding("file")}>Invite from a file</Button>
          <Button look="primary" onClick={() => setAdding("one")}>
            Invite
          </Button>
        </div>
      }
    >
      <Filters wanted={wanted} onChange={setWanted} />
      <div className="grid gap-3" aria-busy={pages.isFetching}>
        {pages.isPending && <Skeleton className="h-64 rounded-xl" />}
        {pages.isError && (
          <Notice alert action={<Button size="small" onClick={() => pages.refetch()}>Try again</Button>}>
            {problemText(problemOf(pages.error))}
          </Notice>
        )}
        {pages.isSuccess && shown.length === 0 && (
          <Empty title="Nobody was found" action={<Button onClick={() => setWanted(EVERYBODY)}>Show everybody</Button>}>
            Nobody of your organization is like this.
          </Empty>
        )}
        {shown.length > 0 && (
          <>
            <p className="text-sm text-ink-faint" aria-live="polite">
              {total === 1 ? "1 person" : `${total.toLocaleString()} people`}
            </p>
            <Card>
              <ul aria-label="People" className="divide-y divide-line">
                {shown.map((account) => (
                  <PersonRow key={account.user?.id} account={account} />
                ))}
              </ul>
            </Card>
          </>
        )}
        {pages.hasNextPage && (
          <Button look="quiet" size="small" className="justify-self-center" busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
      <Erasures />
      {adding === "one" && <InviteDialog onClose={close} />}
      {adding === "file" && <ImportDialog onClose={close} />}
    </Page>
  );
}

const STATES: [UserState, string][] = [
  [UserState.UNSPECIFIED, "All"],
  [UserState.ACTIVE, "Active"],
  [UserState.INVITED, "Invited"],
  [UserState.DEACTIVATED, "Deactivated"],
];

function Filters({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  return (
    <form className="mb-5 grid gap-4 sm:grid-cols-[1fr_auto_auto]" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Field label="Name or e-mail" id="people-query">
        {(control) => <Input {...control} type="search" maxLength={100} value={wanted.query} onChange={(event) => onChange({ ...wanted, query: event.target.value.replaceAll("\0", "") })} />}
      </Field>
      <Field label="Role" id="people-role">
        {(control) => (
          <Select {...control} value={wanted.role} onChange={(event) => onChange({ ...wanted, role: Number(event.target.value) })}>
            <option value={0}>All</option>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {roleName(role)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="State" id="people-state">
        {(control) => (
          <Select {...control} value={wanted.state} onChange={(event) => onChange({ ...wanted, state: Number(event.target.value) })}>
            {STATES.map(([state, label]) => (
              <option key={state} value={state}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </form>
  );
}
