import { useQuery } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { DraftSemanticModelResponse } from "@/gen/infinure/integration/v1/semantic_model_service_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged, useSaveModel } from "./useModel";

const SHOWN = 300;

/** What the catalog suggests, with reasons; nothing is kept before the reader says so. */
export function DraftDialog({ sourceId, onClose }: { sourceId: string; onClose: () => void }) {
  const { models } = useApp().clients;
  const query = useQuery({
    queryKey: ["model-draft", sourceId],
    queryFn: ({ signal }) => models.draftSemanticModel({ sourceId }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.data !== undefined) return <Proposal sourceId={sourceId} draft={query.data} onClose={onClose} />;
  return (
    <WideDialog open onClose={onClose} title="A draft from the catalog" foot={<div className="flex justify-end"><Button onClick={onClose}>Cancel</Button></div>}>
      {query.isError ? <Notice alert>{problemText(problemOf(query.error))}</Notice> : <Skeleton className="h-40 rounded-xl" />}
    </WideDialog>
  );
}

function Proposal({ sourceId, draft, onClose }: { sourceId: string; draft: DraftSemanticModelResponse; onClose: () => void }) {
  const save = useSaveModel(sourceId, draft.baseVersion, onClose);
  const changed = useModelChanged(sourceId);
  const { suggestions, model } = draft;
  const taken = suggestions.filter(({ included }) => included).length;
  return (
    <WideDialog
      open
      onClose={() => !save.isPending && onClose()}
      title="A draft from the catalog"
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={save.isPending} disabled={taken === 0 || model === undefined} onClick={() => model && save.mutate(model)} data-testid="keep-draft">
            Keep {taken.toLocaleString("en-US")} {taken === 1 ? "suggestion" : "suggestions"}
          </Button>
        </div>
      }
    >
      <div className="grid gap-3 text-sm">
        {save.isError && <ModelProblem thrown={save.error} onReload={() => void changed().then(onClose)} />}
        <p className="text-ink-soft">
          {suggestions.length === 0 ? "The catalog suggests nothing that isn’t said already." : "Read from names, comments, keys and types. What you said yourself stays as it is, and everything can be changed later."}
        </p>
        <ul className="grid divide-y divide-line">
          {suggestions.slice(0, SHOWN).map((one) => (
            <li key={`${one.path} ${one.reason}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5" data-testid="suggestion">
              <code className="font-mono text-xs wrap-anywhere">{one.path}</code>
              <span className="min-w-40 flex-1 wrap-anywhere text-ink-soft">{one.reason}</span>
              <Badge tone={one.included ? "neutral" : "warning"}>
                {Math.round(one.confidence * 100)}% sure{one.included ? "" : ", not taken"}
              </Badge>
            </li>
          ))}
        </ul>
        {suggestions.length > SHOWN && <p className="text-ink-faint">And {(suggestions.length - SHOWN).toLocaleString("en-US")} more.</p>}
      </div>
    </WideDialog>
  );
}
