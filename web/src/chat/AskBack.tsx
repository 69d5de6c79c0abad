import { useEffect } from "react";
import { RefusalReason, type Clarification, type Refusal } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { shortened } from "./words";

const CHIP = "rounded-full border border-line-strong/60 bg-surface px-4 py-1.5 text-left text-sm transition-colors hover:border-accent hover:bg-accent-soft";

/**
 * A question back, with its possible answers to choose from. While it is the newest, its numbers choose too: pressed anywhere
 * outside a field, or typed as the next question.
 */
export function Clarified({ clarification, isNewest, onAsk }: { clarification: Clarification; isNewest: boolean; onAsk: (question: string) => void }) {
  const { options } = clarification;
  useEffect(() => {
    if (!isNewest) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const option = options[Number(event.key) - 1];
      if (option === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      onAsk(option.question);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isNewest, options, onAsk]);
  return (
    <section data-testid="clarification">
      <p className="mb-3 font-medium">{clarification.question}</p>
      <ol className="grid max-w-xl gap-2" aria-label="Possible readings">
        {options.map((option, index) => (
          <li key={option.question}>
            <button
              type="button"
              className="flex w-full items-start gap-3 rounded-xl border border-line-strong/60 bg-surface px-3 py-2 text-left text-sm transition-colors hover:border-accent hover:bg-accent-soft"
              onClick={() => onAsk(option.question)}
              title={option.question}
              data-testid="clarification-option"
            >
              <span className="grid size-5.5 shrink-0 place-items-center rounded-md bg-accent-soft text-xs font-semibold text-accent-deep" aria-hidden="true">
                {index + 1}
              </span>
              <span className="min-w-0 wrap-anywhere">{option.label}</span>
            </button>
          </li>
        ))}
      </ol>
      {isNewest && <p className="mt-2 text-xs text-ink-faint">Choose one, or type its number. What you choose is remembered for your organization.</p>}
    </section>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=dialog] *"));
}

const REASONS: Partial<Record<RefusalReason, string>> = {
  [RefusalReason.NOT_A_DATA_QUESTION]: "That isn’t a question about the data",
  [RefusalReason.NO_SUCH_DATA]: "There is no such data",
  [RefusalReason.NOT_SUPPORTED]: "This can’t be computed yet",
  [RefusalReason.NOT_CONFIDENT]: "Not sure what is meant",
  [RefusalReason.NO_SOURCE]: "No data source is connected",
  [RefusalReason.NOT_PERMITTED]: "You may not see this",
  [RefusalReason.LANGUAGE]: "This language isn’t understood yet",
};

/** Why there is no answer, and questions that have one. */
export function Refused({ refusal, onAsk }: { refusal: Refusal; onAsk: (question: string) => void }) {
  return (
    <section data-testid="refusal" className="rounded-xl border border-line bg-surface p-4">
      <h3 className="font-semibold">{REASONS[refusal.reason] ?? "There is no answer"}</h3>
      <p className="mt-1 text-ink-soft">{refusal.text}</p>
      {refusal.unplacedWords.length > 0 && (
        <p className="mt-1 text-sm wrap-anywhere text-ink-faint">
          Not found in the data: {refusal.unplacedWords.map((word) => `“${shortened(word)}”`).join(", ")}
        </p>
      )}
      {refusal.suggestions.length > 0 && (
        <div className="mt-4">
          <p className="mb-2 text-sm text-ink-faint">You could ask</p>
          <div className="flex flex-wrap gap-2">
            {refusal.suggestions.map((suggestion) => (
              <button key={suggestion} type="button" className={CHIP} onClick={() => onAsk(suggestion)} data-testid="suggestion">
                {suggestion}
              </button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
