import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button } from "@/ui/Button";
import { RetryIcon } from "@/ui/icons";
import { Notice } from "@/ui/Notice";
import type { Answer } from "./answer";

/** An answer that came to no good end, and how to try again. */
export function Failure({ answer, onRetry }: { answer: Answer; onRetry: () => void }) {
  const { phase, problem, answerId } = answer;
  const cancelled = problem?.reason === ErrorReason.ANSWER_CANCELLED;
  const label = phase === "cut" ? "Connect again" : answerId === undefined ? "Send again" : "Ask again";
  const action = (
    <Button size="small" onClick={onRetry}>
      <RetryIcon className="size-4" /> {label}
    </Button>
  );
  if (cancelled) {
    return (
      <div className="flex items-center gap-3 text-sm text-ink-faint" data-testid="failure">
        Stopped. {action}
      </div>
    );
  }
  const text = problem ? problemText(problem) : "The answer failed.";
  return (
    <div data-testid="failure">
      <Notice tone={phase === "cut" ? "warning" : "danger"} action={action}>
        {answerId === undefined ? `Your question was not sent. ${text}` : text}
      </Notice>
    </div>
  );
}
