import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";
import type { SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { useToasts } from "@/ui/toasts";

/** A source's current model, with what of it is stale. */
export function useModel(sourceId: string) {
  const { models } = useApp().clients;
  return useQuery({
    queryKey: ["model", sourceId],
    queryFn: async ({ signal }) => models.getSemanticModel({ sourceId }, { signal }),
  });
}

/** After a change, wherever it was made: the model and what the catalog says by it are read anew. */
export function useModelChanged(sourceId: string) {
  const queries = useQueryClient();
  return () => Promise.all(["model", "model-versions", "catalog", "source"].map((kind) => queries.invalidateQueries({ queryKey: [kind, sourceId] })));
}

/** Puts a whole model in the place of the version that was shown. */
export function useSaveModel(sourceId: string, version: bigint, onSaved: () => void) {
  const { models } = useApp().clients;
  const changed = useModelChanged(sourceId);
  const show = useToasts((toasts) => toasts.show);
  return useMutation({
    mutationFn: (model: SemanticModel) => models.updateSemanticModel({ sourceId, model, expectedVersion: version }),
    onSuccess: async () => {
      await changed();
      show("What the data means was saved.");
      onSaved();
    },
  });
}
