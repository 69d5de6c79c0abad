import { useEffect } from "react";
import { useParams, useSearchParams } from "react-router";
import { useStore } from "zustand";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { UploadButton } from "@/uploads/UploadButton";
import { useToasts } from "@/ui/toasts";
import { isUnderWay } from "./answer";
import { optionByNumber } from "./choosing";
import { Composer } from "./Composer";
import { Missing } from "./Missing";
import { useConversation, useChangeConversation, useMessages, useSources } from "./queries";
import { SourcePicker } from "./SourcePicker";
import { Thread } from "./Thread";
import { mergeTurns, runningAnswers, turnsOf, type Turn } from "./turns";
import { useAsk } from "./useAsk";
import { Welcome } from "./Welcome";

const NO_TURNS: Turn[] = [];

export function ChatPage() {
  const { conversationId } = useParams();
  const { answers } = useApp();
  const messages = useMessages(conversationId);
  const conversation = useConversation(conversationId);
  const sources = useSources().data ?? [];
  const change = useChangeConversation();
  const show = useToasts((toasts) => toasts.show);
  const mayAdd = usePermission(Permission.MANAGE_SOURCES);
  // In the address, so that other pages can lead here with a source chosen, and a reload keeps it.
  const [search, setSearch] = useSearchParams();
  const sourceForNew = search.get("source") ?? "";
  const { ask, isBeginning } = useAsk(conversationId, sourceForNew);
  const live = useStore(answers.live, (all) => (conversationId === undefined ? undefined : all[conversationId])) ?? NO_TURNS;
  useTitle(conversation.data?.title);

  const listed = messages.data?.pages.flatMap((page) => page.messages);
  useEffect(() => {
    for (const message of runningAnswers(listed ?? [])) answers.takeUp(message);
  }, [listed, answers]);

  if (messages.isError && live.length === 0) return <Missing problem={problemOf(messages.error)} onRetry={() => messages.refetch()} />;

  const turns = mergeTurns(turnsOf(listed ?? []), live);
  const running = turns.findLast((turn) => turn.answer !== undefined && isUnderWay(turn.answer));
  const complain = (thrown: unknown) => show(problemText(problemOf(thrown)), "danger");
  const stop = () => {
    if (running && conversationId !== undefined) answers.stop(conversationId, running).catch(complain);
  };
  const chooseSource = (sourceId: string) => {
    if (conversationId === undefined) setSearch(sourceId === "" ? {} : { source: sourceId }, { replace: true });
    else change.mutate({ conversationId, sourceId }, { onError: complain });
  };

  return (
    <div className="flex h-full flex-col">
      {conversationId === undefined ? (
        <Welcome sources={sources} chosen={sourceForNew} onAsk={ask} />
      ) : (
        <Thread
          key={conversationId}
          conversationId={conversationId}
          turns={turns}
          loading={messages.isPending && live.length === 0}
          hasOlder={messages.hasNextPage}
          loadingOlder={messages.isFetchingNextPage}
          onOlder={() => void messages.fetchNextPage()}
          onAsk={ask}
        />
      )}
      <div className="mx-auto w-full max-w-3xl px-4 pb-4">
        <Composer
          place={conversationId ?? "new"}
          busy={isBeginning}
          onSend={(typed) => ask(optionByNumber(turns.at(-1)?.answer, typed) ?? typed)}
          onStop={running ? stop : undefined}
          stopping={running?.answer?.stopping ?? false}
        >
          {mayAdd && <UploadButton place={{ kind: "chat", conversationId }} look="quiet" size="icon" />}
          <SourcePicker sources={sources} chosen={conversationId === undefined ? sourceForNew : (conversation.data?.sourceId ?? "")} onChoose={chooseSource} />
        </Composer>
      </div>
    </div>
  );
}
