import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";

const PER_PAGE = 25;
/** So many runs the chart shows. */
const RUNS = 30;
const OUTCOMES_PER_PAGE = 100;

export function useQuestions(sourceId: string) {
  const { evaluation } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["benchmark", "questions", sourceId],
    queryFn: ({ pageParam, signal }) => evaluation.listBenchmarkQuestions({ sourceId, pageSize: PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

/** The newest runs, newest first. */
export function useRuns(sourceId: string) {
  const { evaluation } = useApp().clients;
  return useQuery({
    queryKey: ["benchmark", "runs", sourceId],
    queryFn: async ({ signal }) => (await evaluation.listEvaluationRuns({ sourceId, pageSize: RUNS }, { signal })).evaluationRuns,
  });
}

export function useOutcomes(evaluationRunId: string) {
  const { evaluation } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["benchmark", "outcomes", evaluationRunId],
    queryFn: ({ pageParam, signal }) => evaluation.getEvaluationRun({ evaluationRunId, pageSize: OUTCOMES_PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
    // A run never changes.
    staleTime: Infinity,
  });
}

export function useBenchmarkChanged() {
  const queries = useQueryClient();
  return (what: "questions" | "runs") => queries.invalidateQueries({ queryKey: ["benchmark", what] });
}
