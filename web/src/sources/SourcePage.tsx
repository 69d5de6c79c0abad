import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { SourceState, type Source } from "@/gen/infinure/integration/v1/source_pb";
import { ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ChatIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { CatalogBrowser } from "./CatalogBrowser";
import { Freshness } from "./Freshness";
import { Meaning } from "./meaning/Meaning";
import { LearnedLinks } from "./LearnedLinks";
import { Page } from "./Page";
import { addressOf, detailsOf } from "./source-text";
import { SourceActions } from "./SourceActions";
import { StateBadge } from "./StateBadge";
import { Unavailable } from "./Unavailable";

export default function SourcePage() {
  const { sourceId = "" } = useParams();
  const { sources } = useApp().clients;
  const query = useQuery({
    queryKey: ["source", sourceId],
    queryFn: async ({ signal }) => (await sources.getSource({ sourceId }, { signal })).source ?? null,
  });
  useTitle(query.data?.name ?? "Data source");
  if (query.isError) return <Unavailable thrown={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) {
    return (
      <Page title={<Skeleton className="h-8 w-56" />} back>
        <Skeleton className="h-40 rounded-xl" />
      </Page>
    );
  }
  // Another source is another page: nothing that was begun on one goes on on the next.
  return <Shown key={sourceId} source={query.data} />;
}

function Shown({ source }: { source: Source }) {
  const mayManage = usePermission(Permission.MANAGE_SOURCES);
  const mayAsk = usePermission(Permission.ASK);
  return (
    <Page
      back
      title={
        <span className="flex flex-wrap items-center gap-3">
          {source.name} <StateBadge state={source.state} />
        </span>
      }
      subtitle={addressOf(source)}
      action={
        mayAsk &&
        source.state === SourceState.READY && (
          <ButtonLink look="primary" to={`/chat?source=${source.id}`} data-testid="ask-source">
            <ChatIcon className="size-4.5" /> Ask about this
          </ButtonLink>
        )
      }
    >
      {source.stateText !== "" && (
        <div className="mb-4">
          <Notice tone="warning">{source.stateText}</Notice>
        </div>
      )}
      <Card className="mb-8 p-5">
        <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-3">
          {detailsOf(source).map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
          <Freshness source={source} />
        </dl>
        {mayManage && <SourceActions source={source} />}
      </Card>
      <CatalogBrowser source={source} />
      {mayManage && source.state === SourceState.READY && <Meaning source={source} />}
      {mayManage && source.state === SourceState.READY && <LearnedLinks source={source} />}
    </Page>
  );
}
