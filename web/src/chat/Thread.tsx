import { Button } from "@/ui/Button";
import { DownIcon } from "@/ui/icons";
import { Skeleton } from "@/ui/Spinner";
import { useApp } from "@/app/context";
import { isJudged } from "./answer";
import { announcement } from "./announcement";
import { AssistantMessage } from "./AssistantMessage";
import { useFollowingScroll } from "./useFollowingScroll";
import type { Turn } from "./turns";
import { useOwnVerdicts } from "./verdicts";

interface Props {
  conversationId: string;
  turns: Turn[];
  loading: boolean;
  hasOlder: boolean;
  loadingOlder: boolean;
  onOlder: () => void;
  onAsk: (question: string) => void;
}

export function Thread({ conversationId, turns, loading, hasOlder, loadingOlder, onOlder, onAsk }: Props) {
  const { answers } = useApp();
  const newest = turns.at(-1);
  const { viewportRef, contentRef, newestRef, away, onScroll, toNewest } = useFollowingScroll(newest?.questionId);
  const judged = turns.flatMap(({ answer }) => (answer?.answerId !== undefined && isJudged(answer) ? [answer.answerId] : []));
  const verdictOn = useOwnVerdicts(conversationId, judged);
  const retry = (turn: Turn) => {
    const { answer } = turn;
    const arrived = answer?.answerId !== undefined && answer.phase !== "cut";
    if (arrived) onAsk(turn.question);
    else answers.again(conversationId, turn);
  };
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={viewportRef} onScroll={onScroll} className="h-full overflow-y-auto">
        <div ref={contentRef} className="mx-auto grid w-full max-w-3xl gap-8 px-4 pt-6 pb-10">
          {hasOlder && (
            <div className="text-center">
              <Button look="quiet" size="small" busy={loadingOlder} onClick={onOlder}>
                Show earlier messages
              </Button>
            </div>
          )}
          {loading && <LoadingThread />}
          {turns.map((turn) => (
            <article key={turn.questionId} ref={turn === newest ? newestRef : undefined} className="grid min-w-0 gap-4" aria-label={turn.question}>
              <h2 className="max-w-[85%] justify-self-end rounded-2xl rounded-br-md bg-accent-soft px-4 py-2.5 wrap-anywhere whitespace-pre-wrap text-ink" data-testid="user-message">
                {turn.question}
              </h2>
              {turn.answer && (
                <AssistantMessage
                  conversationId={conversationId}
                  answer={turn.answer}
                  question={turn.question}
                  verdict={turn.answer.answerId === undefined ? undefined : verdictOn(turn.answer.answerId)}
                  isNewest={turn === newest}
                  onAsk={onAsk}
                  onRetry={() => retry(turn)}
                />
              )}
            </article>
          ))}
        </div>
      </div>
      {away && (
        <Button size="icon" className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow-pop" onClick={toNewest} aria-label="Go to the newest answer">
          <DownIcon />
        </Button>
      )}
      <p className="sr-only" role="status">
        {newest?.answer && announcement(newest.answer)}
      </p>
    </div>
  );
}

function LoadingThread() {
  return (
    <div className="grid gap-4" role="status" aria-label="Loading the conversation">
      <Skeleton className="h-10 w-2/5 justify-self-end" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-48 w-full" />
    </div>
  );
}
