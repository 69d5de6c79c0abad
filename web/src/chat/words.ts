import type { WordMeaning } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";

export interface Piece {
  text: string;
  /** What the piece was taken for; undefined for words that nothing was made of. */
  meaning: WordMeaning | undefined;
}

/**
 * The question, cut where meanings begin and end. Offsets count characters, not the units of the browser's strings. A meaning
 * whose words aren't at its place (the question was read in other words), or which overlaps one before it, is left out.
 */
export function piecesOfQuestion(question: string, meanings: WordMeaning[]): Piece[] {
  const characters = Array.from(question);
  const pieces: Piece[] = [];
  let at = 0;
  const plainUpTo = (end: number) => {
    if (end > at) pieces.push({ text: characters.slice(at, end).join(""), meaning: undefined });
  };
  for (const meaning of meanings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const words = characters.slice(meaning.start, meaning.end).join("");
    if (meaning.start < at || words === "" || words.toLowerCase() !== meaning.text.toLowerCase()) continue;
    plainUpTo(meaning.start);
    pieces.push({ text: words, meaning });
    at = meaning.end;
  }
  plainUpTo(characters.length);
  return pieces;
}

const MOST_SHOWN = 60;

/** A word as it is quoted back: of one without an end only its beginning. */
export function shortened(word: string): string {
  const characters = Array.from(word);
  return characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN - 1).join("")}…` : word;
}
