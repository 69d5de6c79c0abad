import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp, usePermission } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Verdict, type Feedback } from "@/gen/infinure/ml_gateway/v1/learning_pb";

const MOST_AT_ONCE = 100;

/** The reader's own verdicts on a conversation's answers, the newest hundred of them. */
export function useOwnVerdicts(conversationId: string, answerIds: string[]): (answerId: string) => Feedback | undefined {
  const { learning } = useApp().clients;
  const mayAsk = usePermission(Permission.ASK);
  const wanted = answerIds.slice(-MOST_AT_ONCE);
  const query = useQuery({
    queryKey: ["verdicts", conversationId, wanted],
    queryFn: async ({ signal }) => (await learning.batchGetFeedback({ answerIds: wanted }, { signal })).feedback,
    enabled: mayAsk && wanted.length > 0,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  return (answerId) => query.data?.find((one) => one.answerId === answerId);
}

export interface Given {
  verdict: Verdict;
  reason: string;
}

/** Gives, changes or (without one) takes back the verdict on an answer. */
export function useGiveVerdict(conversationId: string, answerId: string) {
  const { learning } = useApp().clients;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (given: Given | undefined) => {
      if (given !== undefined) return (await learning.recordFeedback({ answerId, ...given })).feedback;
      await learning.deleteFeedback({ answerId });
      return undefined;
    },
    onSuccess: async (feedback) => {
      queries.setQueriesData<Feedback[]>({ queryKey: ["verdicts", conversationId] }, (before) => [
        ...(before ?? []).filter((one) => one.answerId !== answerId),
        ...(feedback ? [feedback] : []),
      ]);
      await queries.invalidateQueries({ queryKey: ["learned"] });
    },
  });
}
