import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useChangeConversation } from "@/chat/queries";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { useToasts } from "@/ui/toasts";
import { useIntake } from "./intake";

/** Leads from what was just added to asking about it. */
export function useFinish() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const change = useChangeConversation();
  const show = useToasts((toasts) => toasts.show);
  const { place, close } = useIntake();

  return async (sources: readonly Source[]) => {
    const [first] = sources;
    if (first === undefined) return;
    for (const source of sources) {
      queries.setQueryData(["source", source.id], source);
      void queries.invalidateQueries({ queryKey: ["catalog", source.id] });
    }
    await queries.invalidateQueries({ queryKey: ["sources"] });
    close();
    const several = sources.length > 1;
    if (several) show(`${sources.length} data sources are ready to be asked.`);
    if (place.kind === "chat" && place.conversationId !== undefined) {
      if (!several) show(`${first.name} is ready to be asked.`);
      change.mutate({ conversationId: place.conversationId, sourceId: first.id }, { onError: (thrown) => show(problemText(problemOf(thrown)), "danger") });
      return;
    }
    await navigate(place.kind === "sources" && several ? "/sources" : `/chat?source=${first.id}`);
  };
}
