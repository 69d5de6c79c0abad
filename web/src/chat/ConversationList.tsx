import { useState } from "react";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Spinner";
import { ConversationItem } from "./ConversationItem";
import { useConversations } from "./queries";

export function ConversationList() {
  const [archived, setArchived] = useState(false);
  const list = useConversations(archived);
  const conversations = list.data?.pages.flatMap((page) => page.conversations) ?? [];
  return (
    <nav aria-label="Conversations" className="flex min-h-0 flex-1 flex-col" data-testid="conversation-list">
      <div className="flex items-center justify-between px-5 pt-2 pb-1 text-xs text-ink-faint">
        <h2 className="font-medium">{archived ? "Archived" : "Conversations"}</h2>
        <button type="button" className="rounded underline-offset-3 hover:text-ink hover:underline" onClick={() => setArchived(!archived)}>
          {archived ? "Back" : "Archive"}
        </button>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        {list.isPending && [1, 2, 3, 4].map((line) => <Skeleton key={line} className="mx-1 my-2 h-6" />)}
        {list.isError && (
          <li className="px-2 py-2 text-sm text-ink-soft">
            <p>The conversations could not be loaded.</p>
            <Button size="small" className="mt-2" onClick={() => list.refetch()}>
              Try again
            </Button>
          </li>
        )}
        {list.isSuccess && conversations.length === 0 && (
          <li className="px-2 py-2 text-sm text-ink-faint">{archived ? "Nothing is archived." : "Your questions will be kept here."}</li>
        )}
        {conversations.map((conversation) => (
          <ConversationItem key={conversation.id} conversation={conversation} />
        ))}
        {list.hasNextPage && (
          <li className="pt-1 text-center">
            <Button look="quiet" size="small" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
              Show more
            </Button>
          </li>
        )}
      </ul>
    </nav>
  );
}
