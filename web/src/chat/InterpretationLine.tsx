import type { Interpretation } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";

/** How the question was read, and what was taken for granted: always in sight, so that a wrong reading is noticed. */
export function InterpretationLine({ interpretation }: { interpretation: Interpretation }) {
  const { summary, assumptions, sourceName } = interpretation;
  if (summary === "" && assumptions.length === 0) return null;
  return (
    <div className="border-l-2 border-accent pl-3 text-sm text-ink-soft" data-testid="interpretation">
      <p>
        <span className="text-ink-faint">Read as </span>
        <span className="font-medium text-ink">{summary.replace(/\.$/, "")}</span>
        {sourceName !== "" && <span className="text-ink-faint"> · {sourceName}</span>}
      </p>
      {assumptions.length > 0 && (
        <ul className="mt-0.5" aria-label="Assumptions">
          {assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
