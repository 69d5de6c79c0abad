import { useSearchParams } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import type { ActivityTrailHead } from "@/gen/infinure/auth/v1/activity_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Empty } from "@/learned/List";
import { Page } from "@/sources/Page";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { ActivityTable } from "./ActivityTable";
import { Exports } from "./Exports";
import { Filters } from "./Filters";
import { useActivities } from "./queries";
import { momentText, peopleIn } from "./told";
import { ALL, isAll, searchOf, wantedOf, type Wanted } from "./wanted";

/** The organization's audit trail, for those who may see it. The filters are in the address. */
export default function AuditPage() {
  useTitle("Audit log");
  const mayRead = usePermission(Permission.READ_AUDIT);
  if (!mayRead) {
    return (
      <Page title="Audit log">
        <Notice tone="neutral">Your role doesn’t show the audit log. Ask the person who manages your organization.</Notice>
      </Page>
    );
  }
  return <Trail />;
}

function Trail() {
  const [search, setSearch] = useSearchParams();
  const wanted = wantedOf(search);
  const change = (next: Wanted) => setSearch(searchOf(next), { replace: true });
  const pages = useActivities(wanted);
  // Whoever the newest rows name can be chosen, whatever is filtered.
  const newest = useActivities(ALL).data?.pages ?? [];
  const shown = pages.data?.pages.flatMap((page) => page.userActivities) ?? [];
  const people = peopleIn([...newest.flatMap((page) => page.userActivities), ...shown]);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <Page wide title="Audit log" subtitle={`Who did what, when and from where. Times are in your browser’s time zone, ${timeZone}.`} action={<Exports wanted={wanted} disabled={!pages.isSuccess} />}>
      <Filters wanted={wanted} people={people} onChange={change} />
      <div className="grid grid-cols-1 gap-3" aria-busy={pages.isFetching}>
        {pages.isPending && <Skeleton className="h-64 rounded-xl" />}
        {pages.isError && (
          <Notice alert action={<Button size="small" onClick={() => pages.refetch()}>Try again</Button>}>
            {problemText(problemOf(pages.error))}
          </Notice>
        )}
        {pages.isSuccess && shown.length === 0 && (
          <Empty title="Nothing was found" action={!isAll(wanted) && <Button onClick={() => change(ALL)}>Clear the filters</Button>}>
            Nothing of this kind was done.
          </Empty>
        )}
        {shown.length > 0 && <ActivityTable activities={shown} timeZone={timeZone} onPerson={(who) => change({ ...wanted, who })} />}
        {pages.hasNextPage && (
          <Button look="quiet" size="small" className="justify-self-center" busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            Older
          </Button>
        )}
        <End head={pages.data?.pages[0]?.head} />
      </div>
    </Page>
  );
}

function End({ head }: { head: ActivityTrailHead | undefined }) {
  if (head === undefined) return null;
  if (!head.valid) return <Notice alert>The end of this log isn’t the one that was signed: it was tampered with, or its key is gone. Tell whoever operates Infinure.</Notice>;
  return (
    <p className="text-sm text-ink-faint" data-testid="trail-end">
      The log’s end, number {head.sequence.toLocaleString()}, was signed on {momentText(head.signTime)}. Whoever operates Infinure can verify the whole chain.
    </p>
  );
}
