import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";

/** Removes a source, once that was confirmed. */
export function RemoveSource({ source }: { source: Source }) {
  const { sources } = useApp().clients;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const show = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => sources.deleteSource({ sourceId: source.id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["sources"] });
      show(`${source.name} was removed.`);
      await navigate("/sources", { replace: true });
      for (const kind of ["source", "catalog"]) queries.removeQueries({ queryKey: [kind, source.id] });
    },
  });
  return (
    <>
      <Button look="quiet-danger" size="small" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Remove ${source.name}?`}>
        <p className="mt-2 mb-5 text-ink-soft">{consequence(source)}</p>
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
    </>
  );
}

function consequence(source: Source): string {
  switch (source.configuration?.kind.case) {
    case "files":
      return "Infinure deletes its copy of the files and all that it knows of them; nobody can ask about them any more. Your own files stay where they are.";
    case "warehouse":
      return "All tables of the warehouse go, with all their rows; nobody can ask about them any more. Where they were loaded from stays as it is.";
    default:
      return "Infinure forgets its credentials and its catalog; nobody can ask about it any more. The database itself is not touched.";
  }
}
