import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { SemanticModelVersion } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { useNames } from "@/learned/members";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { useToasts } from "@/ui/toasts";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged } from "./useModel";

const VERSIONS_PER_PAGE = 25;

/** Earlier states of the model, each of which can be made the current one again. */
export function VersionsDialog({ sourceId, version, onClose }: { sourceId: string; version: bigint; onClose: () => void }) {
  const { models } = useApp().clients;
  const changed = useModelChanged(sourceId);
  const show = useToasts((toasts) => toasts.show);
  const query = useInfiniteQuery({
    queryKey: ["model-versions", sourceId],
    queryFn: ({ pageParam, signal }) => models.listSemanticModelVersions({ sourceId, pageSize: VERSIONS_PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  const nameOf = useNames(versions.map(({ userId }) => userId));
  const restore = useMutation({
    mutationFn: (number: bigint) => models.restoreSemanticModel({ sourceId, version: number, expectedVersion: version }),
    onSuccess: async (_reply, number) => {
      await changed();
      show(`Version ${number} is the current one again.`);
      onClose();
    },
  });
  return (
    <WideDialog
      open
      onClose={onClose}
      title="Versions"
      foot={
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      }
    >
      <div className="grid gap-3">
        {restore.isError && <ModelProblem thrown={restore.error} onReload={() => void changed().then(onClose)} />}
        {query.isError && <Notice>{problemText(problemOf(query.error))}</Notice>}
        {query.isPending && <Skeleton className="h-24 rounded-xl" />}
        <ul className="grid divide-y divide-line">
          {versions.map((one) => (
            <Row key={String(one.number)} one={one} by={one.userId === "" ? "" : `by ${nameOf(one.userId)}, `} current={one.number === version} busy={restore.isPending} onRestore={() => restore.mutate(one.number)} />
          ))}
        </ul>
        {query.hasNextPage && (
          <Button look="quiet" size="small" className="justify-self-start" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </WideDialog>
  );
}

function Row({ one, by, current, busy, onRestore }: { one: SemanticModelVersion; by: string; current: boolean; busy: boolean; onRestore: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm" data-testid="model-version">
      <span className="w-10 shrink-0 text-ink-faint tabular-nums">{String(one.number)}</span>
      <span className="min-w-40 flex-1 wrap-anywhere">{one.change}</span>
      <span className="text-ink-soft">{by}{one.createTime ? timestampDate(one.createTime).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" }) : ""}</span>
      {current ? (
        <Badge tone="accent">Current</Badge>
      ) : (
        <Button size="small" disabled={busy} onClick={onRestore} aria-label={`Restore version ${one.number}`}>
          Restore
        </Button>
      )}
    </li>
  );
}
