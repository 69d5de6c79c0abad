import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";

/** Drops a table of the warehouse, once that was confirmed. */
export function DropTable({ sourceId, table }: { sourceId: string; table: string }) {
  const { warehouse, sources } = useApp().clients;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const show = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const drop = useMutation({
    mutationFn: () => warehouse.deleteTable({ table }),
    onSuccess: async () => {
      setAsking(false);
      show(`${table} was dropped.`);
      // With its last table the warehouse is no source any more.
      const { sources: kept } = await sources.listSources({ pageSize: 100 });
      queries.setQueryData(["sources"], kept);
      if (kept.some((source) => source.id === sourceId)) await Promise.all(["catalog", "source"].map((kind) => queries.invalidateQueries({ queryKey: [kind, sourceId] })));
      else await navigate("/sources", { replace: true });
    },
  });
  return (
    <div className="border-t border-line pt-3">
      <Button look="quiet-danger" size="small" onClick={() => setAsking(true)} data-testid="drop-table">
        Drop this table
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Drop ${table}?`}>
        <p className="mt-2 mb-5 text-ink-soft">The table and all its rows go, for everybody. Where they were loaded from stays as it is.</p>
        {drop.isError && (
          <div className="mb-4">
            <Notice alert>{problemText(problemOf(drop.error))}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button look="danger" busy={drop.isPending} onClick={() => drop.mutate()} data-testid="confirm-drop">
            Drop
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
