import { durationMs } from "@bufbuild/protobuf/wkt";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import type { TestSourceResponse } from "@/gen/infinure/integration/v1/source_service_pb";
import { Button } from "@/ui/Button";
import { RetryIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { resultOf } from "@/uploads/stream";
import { UploadButton } from "@/uploads/UploadButton";
import { useWork } from "@/uploads/useWork";
import { WorkProgress } from "@/uploads/WorkProgress";
import { RemoveSource } from "./RemoveSource";

const LoadQueryDialog = lazy(() => import("./LoadQueryDialog"));

/** What may be done with a source, for who may. */
export function SourceActions({ source }: { source: Source }) {
  const { sources, catalog } = useApp().clients;
  const queries = useQueryClient();
  const show = useToasts((toasts) => toasts.show);
  const [loading, setLoading] = useState(false);
  const refresh = useWork();
  const test = useMutation({ mutationFn: () => sources.testSource({ sourceId: source.id }) });
  const refreshNow = async () => {
    const version = await refresh.run((onProgress, signal) => resultOf<{ case: "version"; value: string }>(catalog.refreshCatalog({ sourceId: source.id }, { signal }), onProgress));
    // A failure may have changed the source's state.
    await Promise.all([["source", source.id], ["catalog", source.id], ["sources"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    if (version !== undefined) show(`${source.name} was read again.`);
  };
  const isWarehouse = source.configuration?.kind.case === "warehouse";
  return (
    <div className="mt-5 border-t border-line pt-4">
      <div className="flex flex-wrap gap-2">
        <Button size="small" busy={refresh.running} onClick={refreshNow} data-testid="refresh-source">
          {!refresh.running && <RetryIcon className="size-4" />} Refresh
        </Button>
        <Button size="small" busy={test.isPending} onClick={() => test.mutate()} data-testid="test-source">
          Test the connection
        </Button>
        {isWarehouse && <UploadButton place={{ kind: "sources" }} size="small" aim="warehouse" label="Load files" />}
        <Button size="small" onClick={() => setLoading(true)} data-testid="load-query">
          {isWarehouse ? "Load a query’s result" : "Load into the warehouse"}
        </Button>
        <RemoveSource source={source} />
      </div>
      {refresh.running && (
        <div className="mt-3">
          <WorkProgress label="Reading the tables" progress={refresh.progress} />
        </div>
      )}
      <div aria-live="polite" className="grid gap-2 not-empty:mt-3">
        {refresh.problem && <Notice>{problemText(refresh.problem)}</Notice>}
        {test.isError && <Notice>{problemText(problemOf(test.error))}</Notice>}
        {test.isSuccess && <Tested reply={test.data} />}
      </div>
      {loading && (
        <Suspense>
          <LoadQueryDialog source={source} onClose={() => setLoading(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Tested({ reply }: { reply: TestSourceResponse }) {
  const latency = reply.latency ? ` in ${Math.max(1, Math.round(durationMs(reply.latency)))} ms` : "";
  return (
    <div className="grid gap-2" data-testid="test-result">
      <p className="text-sm text-success">
        {reply.serverVersion || "The source"} answered{latency}.
      </p>
      {reply.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
    </div>
  );
}
