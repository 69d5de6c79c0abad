import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp, usePermission } from "@/app/context";
import { Permission } from "@/gen/infinure/error/v1/access_pb";

const CONVERSATIONS_PER_PAGE = 40;
const MESSAGES_PER_PAGE = 40;

export function useConversations(archived: boolean) {
  const { chat } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["conversations", archived],
    queryFn: ({ pageParam, signal }) => chat.listConversations({ pageSize: CONVERSATIONS_PER_PAGE, pageToken: pageParam, archived }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
}

export function useMessages(conversationId: string | undefined) {
  const { chat } = useApp().clients;
  return useInfiniteQuery({
    queryKey: ["messages", conversationId],
    queryFn: ({ pageParam, signal }) =>
      chat.listMessages({ conversationId: conversationId ?? "", pageSize: MESSAGES_PER_PAGE, pageToken: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || undefined,
    enabled: conversationId !== undefined,
  });
}

export function useConversation(conversationId: string | undefined) {
  const { chat } = useApp().clients;
  return useQuery({
    queryKey: ["conversation", conversationId],
    queryFn: async ({ signal }) => (await chat.getConversation({ conversationId: conversationId ?? "" }, { signal })).conversation ?? null,
    enabled: conversationId !== undefined,
  });
}

/** The sources that may be asked; empty for who may not see them. */
export function useSources() {
  const { sources } = useApp().clients;
  const enabled = usePermission(Permission.READ_SOURCES);
  return useQuery({
    queryKey: ["sources"],
    queryFn: async ({ signal }) => (await sources.listSources({ pageSize: 100 }, { signal })).sources,
    enabled,
  });
}

/** What a source holds, as far as the reader may know it; null before it was first read. */
export function useCatalog(sourceId: string | undefined) {
  const { catalog } = useApp().clients;
  return useQuery({
    queryKey: ["catalog", sourceId],
    queryFn: async ({ signal }) => (await catalog.getCatalog({ sourceId: sourceId ?? "" }, { signal })).catalog ?? null,
    enabled: sourceId !== undefined,
  });
}

export interface ConversationChange {
  conversationId: string;
  title?: string;
  archived?: boolean;
  sourceId?: string;
}

export function useChangeConversation() {
  const { chat } = useApp().clients;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ConversationChange) => chat.updateConversation(change),
    onSuccess: async ({ conversation }) => {
      queries.setQueryData(["conversation", conversation?.id], conversation);
      await queries.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
}

export function useDeleteConversation() {
  const { chat } = useApp().clients;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (conversationId: string) => chat.deleteConversation({ conversationId }),
    onSuccess: async (_reply, conversationId) => {
      queries.removeQueries({ queryKey: ["messages", conversationId] });
      await queries.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
}
