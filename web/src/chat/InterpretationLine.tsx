import type { Interpretation } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { classes } from "@/ui/classes";
import { surenessOf } from "./confidence";
import { LearnedLabels } from "./LearnedLabels";

/** How the question was read, what was taken for granted and how sure that is: always in sight, so that a wrong reading is noticed. */
export function InterpretationLine({ interpretation, hasResult }: { interpretation: Interpretation; hasResult: boolean }) {
  const { summary, sourceName, confidence, verified, learnedWords } = interpretation;
  // What was learned is among the assumptions too; it has lines of its own, with the way to it.
  const own = new Set([verified?.text, ...learnedWords.map(({ text }) => text)]);
  const assumptions = interpretation.assumptions.filter((assumption) => !own.has(assumption));
  const sureness = hasResult && verified === undefined ? surenessOf(confidence) : undefined;
  if (summary === "" && assumptions.length === 0 && own.size <= 1) return null;
  return (
    <div className={classes("border-l-2 pl-3 text-sm text-ink-soft", sureness?.doubtful ? "border-warning" : "border-accent")} data-testid="interpretation">
      <p>
        <span className="text-ink-faint">Read as </span>
        <span className="font-medium text-ink">{summary.replace(/\.$/, "")}</span>
        {sourceName !== "" && <span className="text-ink-faint"> · {sourceName}</span>}
        {sureness && (
          <span className={sureness.doubtful ? "text-warning" : "text-ink-faint"} data-testid="confidence">
            {" "}
            · {sureness.label}
          </span>
        )}
      </p>
      {assumptions.length > 0 && (
        <ul className="mt-0.5" aria-label="Assumptions">
          {assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      )}
      <LearnedLabels interpretation={interpretation} />
    </div>
  );
}
