import { RefusalReason, type Clarification, type Refusal } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";

const CHIP = "rounded-full border border-line-strong/60 bg-surface px-4 py-1.5 text-left text-sm transition-colors hover:border-accent hover:bg-accent-soft";

/** A question back, with its possible answers to choose from. */
export function Clarified({ clarification, onAsk }: { clarification: Clarification; onAsk: (question: string) => void }) {
  return (
    <section data-testid="clarification">
      <p className="mb-3 font-medium">{clarification.question}</p>
      <div className="flex flex-wrap gap-2">
        {clarification.options.map((option) => (
          <button key={option.question} type="button" className={CHIP} onClick={() => onAsk(option.question)} title={option.question} data-testid="clarification-option">
            {option.label}
          </button>
        ))}
      </div>
    </section>
  );
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
        <p className="mt-1 text-sm text-ink-faint">
          Not found in the data: {refusal.unplacedWords.map((word) => `“${word}”`).join(", ")}
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
