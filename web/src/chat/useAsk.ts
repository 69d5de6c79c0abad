import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { create } from "@bufbuild/protobuf";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { ListMessagesResponseSchema } from "@/gen/infinure/chat/v1/chat_service_pb";
import { useToasts } from "@/ui/toasts";
import { useDrafts } from "./drafts";

/** Asks in the conversation, or begins one. The draft goes once the question is on its way. */
export function useAsk(conversationId: string | undefined, sourceId: string) {
  const { answers, clients } = useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const write = useDrafts((state) => state.write);
  const show = useToasts((toasts) => toasts.show);
  const [isBeginning, setBeginning] = useState(false);

  async function begin(question: string): Promise<void> {
    setBeginning(true);
    try {
      const { conversation } = await clients.chat.createConversation({ sourceId });
      if (conversation === undefined) throw new Error("no conversation in the reply");
      // It is new, so it is known to be empty: nothing to load before the answer shows.
      queries.setQueryData(["messages", conversation.id], { pages: [create(ListMessagesResponseSchema)], pageParams: [""] });
      queries.setQueryData(["conversation", conversation.id], conversation);
      write("new", "");
      answers.ask(conversation.id, question);
      await navigate(`/chat/${conversation.id}`);
    } catch (thrown) {
      write("new", question);
      show(problemText(problemOf(thrown)), "danger");
    } finally {
      setBeginning(false);
    }
  }

  function ask(question: string): void {
    if (conversationId === undefined) {
      void begin(question);
      return;
    }
    write(conversationId, "");
    answers.ask(conversationId, question);
  }

  return { ask, isBeginning };
}
