/** How sure the engine is of its reading, and what to make of that. */
export interface Sureness {
  label: string;
  /** True where the reading should be checked before the figures are used. */
  doubtful: boolean;
}

const LEVELS: [least: number, sureness: Sureness][] = [
  [0.9, { label: "Very sure of this reading", doubtful: false }],
  [0.75, { label: "Sure of this reading", doubtful: false }],
  [0.6, { label: "Fairly sure of this reading", doubtful: false }],
  [0.4, { label: "Not quite sure of this reading: check it", doubtful: true }],
];
const GUESS: Sureness = { label: "This reading is a guess: check it", doubtful: true };

/** A confidence in words; undefined where the engine told none. */
export function surenessOf(confidence: number): Sureness | undefined {
  if (confidence <= 0) return undefined;
  return LEVELS.find(([least]) => confidence >= least)?.[1] ?? GUESS;
}
