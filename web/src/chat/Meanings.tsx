import { MeaningKind, type WordMeaning } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { Badge } from "@/ui/Badge";
import { piecesOfQuestion } from "./words";

const KINDS: Record<MeaningKind, string> = {
  [MeaningKind.UNSPECIFIED]: "Other",
  [MeaningKind.MEASURE]: "Measure",
  [MeaningKind.DIMENSION]: "Grouping",
  [MeaningKind.FILTER]: "Filter",
  [MeaningKind.TIME]: "Time",
  [MeaningKind.ORDER]: "Order",
  [MeaningKind.LIMIT]: "Limit",
  [MeaningKind.TABLE]: "Table",
};

/** Which words meant what: marked in the question, and told one by one. */
export function Meanings({ meanings, question }: { meanings: WordMeaning[]; question: string }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-2 font-semibold">What the words meant</h4>
      <p className="mb-3 text-base leading-relaxed wrap-anywhere" data-testid="marked-question">
        {piecesOfQuestion(question, meanings).map((piece, index) =>
          piece.meaning === undefined ? (
            <span key={index} className="text-ink-soft">
              {piece.text}
            </span>
          ) : (
            <mark key={index} className="rounded bg-accent-soft px-1 py-0.5 font-medium text-accent-deep" title={`${kindText(piece.meaning.kind)}: ${piece.meaning.meaning}`}>
              {piece.text}
            </mark>
          ),
        )}
      </p>
      <ul className="grid gap-1.5" aria-label={`Words of: ${question}`}>
        {meanings.map((meaning, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
            <span className="font-medium">“{meaning.text}”</span>
            <span className="text-ink-soft">{meaning.meaning}</span>
            {meaning.table !== "" && (
              <code className="font-mono text-xs text-ink-faint">{meaning.column === "" ? meaning.table : `${meaning.table}.${meaning.column}`}</code>
            )}
            <Badge>{kindText(meaning.kind)}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}

function kindText(kind: MeaningKind): string {
  return (KINDS as Partial<Record<MeaningKind, string>>)[kind] ?? KINDS[MeaningKind.UNSPECIFIED];
}
