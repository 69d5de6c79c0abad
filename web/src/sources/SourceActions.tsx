import { durationMs } from "@bufbuild/protobuf/wkt";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import type { TestSourceResponse } from "@/gen/infinure/integration/v1/source_service_pb";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";

/** Testing and removing a source, for who may. */
export function SourceActions({ source }: { source: Source }) {
  const { sources } = useApp().clients;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const show = useToasts((toasts) => toasts.show);
  const test = useMutation({ mutationFn: () => sources.testSource({ sourceId: source.id }) });
  const remove = useMutation({
    mutationFn: () => sources.deleteSource({ sourceId: source.id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["sources"] });
      show(`${source.name} was removed.`);
      await navigate("/sources", { replace: true });
    },
  });
  return (
    <div className="mt-5 grid gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap gap-2">
        <Button size="small" busy={test.isPending} onClick={() => test.mutate()} data-testid="test-source">
          Test the connection
        </Button>
        <Button look="quiet-danger" size="small" onClick={() => setAsking(true)}>
          Remove
        </Button>
      </div>
      <div aria-live="polite">
        {test.isError && <Notice>{problemText(problemOf(test.error))}</Notice>}
        {test.isSuccess && <Tested reply={test.data} />}
      </div>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Remove ${source.name}?`}>
        <p className="mt-2 mb-5 text-ink-soft">
          Infinure forgets its credentials and its catalog; nobody can ask about it any more. The database itself is not touched.
        </p>
        {remove.isError && (
          <div className="mb-4">
            <Notice alert>{problemText(problemOf(remove.error))}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()} data-testid="confirm-remove">
            Remove
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

function Tested({ reply }: { reply: TestSourceResponse }) {
  const latency = reply.latency ? ` in ${Math.max(1, Math.round(durationMs(reply.latency)))} ms` : "";
  return (
    <div className="grid gap-2" data-testid="test-result">
      <p className="text-sm text-success">
        {reply.serverVersion || "The database"} answered{latency}.
      </p>
      {reply.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
    </div>
  );
}
