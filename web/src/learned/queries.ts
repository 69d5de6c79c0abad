import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";
import type { Verdict } from "@/gen/infinure/ml_gateway/v1/learning_pb";

const PER_PAGE = 25;
/** Where one entry is looked for, pages are larger. */
const PER_PAGE_SOUGHT = 100;

export function useWords(sourceId: string, sought: boolean) {
  const { learning } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["learned", "words", sourceId, sought],
    queryFn: ({ pageParam, signal }) => learning.listSynonyms({ sourceId, pageSize: sought ? PER_PAGE_SOUGHT : PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

export function useVerifiedAnswers(sourceId: string, sought: boolean) {
  const { learning } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["learned", "answers", sourceId, sought],
    queryFn: ({ pageParam, signal }) =>
      learning.listVerifiedAnswers({ sourceId, pageSize: sought ? PER_PAGE_SOUGHT : PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

export function useVerdicts(verdict: Verdict) {
  const { learning } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["learned", "verdicts", verdict],
    queryFn: ({ pageParam, signal }) => learning.listFeedback({ verdict, pageSize: PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

/** After anything was taught, changed or forgotten. */
export function useLearnedChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["learned"] });
}
