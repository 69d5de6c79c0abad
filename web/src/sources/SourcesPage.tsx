import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { useSources } from "@/chat/queries";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Button, ButtonLink } from "@/ui/Button";
import { DatabaseIcon, PlusIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { UploadButton } from "@/uploads/UploadButton";
import { Page } from "./Page";
import { SourceCard } from "./SourceCard";

export default function SourcesPage() {
  useTitle("Data sources");
  const sources = useSources();
  const mayRead = usePermission(Permission.READ_SOURCES);
  const mayConnect = usePermission(Permission.MANAGE_SOURCES);
  const connect = mayConnect && (
    <div className="flex flex-wrap justify-center gap-2">
      <UploadButton place={{ kind: "sources" }} />
      <ButtonLink look="primary" to="/sources/new">
        <PlusIcon className="size-4.5" /> Connect
      </ButtonLink>
    </div>
  );
  return (
    <Page title="Data sources" subtitle="The files and databases that questions can be asked about." action={sources.data?.length ? connect : undefined}>
      {!mayRead && <Notice tone="neutral">Your role doesn’t show the data sources.</Notice>}
      {sources.isLoading && [1, 2].map((line) => <Skeleton key={line} className="mb-3 h-20 rounded-xl" />)}
      {sources.isError && (
        <Notice action={<Button size="small" onClick={() => sources.refetch()}>Try again</Button>}>{problemText(problemOf(sources.error))}</Notice>
      )}
      {sources.data?.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong/60 px-6 py-14 text-center">
          <DatabaseIcon className="mx-auto size-8 text-ink-faint" />
          <p className="mt-3 font-medium">There is no data to ask yet</p>
          <p className="mt-1 mb-5 text-ink-soft">{mayConnect ? "Upload a file, or drop it anywhere on this page; or connect a database." : "Ask the person who manages your organization to add a file or connect a database."}</p>
          {connect}
        </div>
      )}
      <ul className="grid gap-3">
        {sources.data?.map((source) => (
          <SourceCard key={source.id} source={source} />
        ))}
      </ul>
    </Page>
  );
}
