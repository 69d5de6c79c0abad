import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import { LearningOrigin, SynonymKind, type Synonym, type VerifiedAnswer } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import type { Tone } from "@/ui/Badge";

/** What weighs less is used no more; the server's own bar. */
const BAR = 0.5;
export const FULL_WEIGHT = 1;

export interface Standing {
  tone: Tone;
  label: string;
  /** What it means and what to do about it. */
  text: string;
}

type Weighed = Pick<Synonym, "weight" | "used" | "outdated">;

/** Whether questions are read by it, where that isn't plain. */
export function standingOf(one: Weighed & { isCorrection?: boolean; isRelative?: boolean }): Standing | undefined {
  if (one.outdated) return { tone: "warning", label: "Outdated", text: "The source no longer has what this is about, or you may not see it. It takes no part in answers: change it or delete it." };
  if (one.weight < BAR) return { tone: "danger", label: "Not used", text: "Thumbs down have outweighed it. Mend it, use it again, or delete it." };
  if (!one.used) return { tone: "warning", label: "Not used", text: "The question counts time from the moment it is asked, and the query doesn’t. Change either." };
  if (one.weight < FULL_WEIGHT) return { tone: "warning", label: "Doubted", text: "An answer that used it got a thumb down." };
  if (one.weight > FULL_WEIGHT) return { tone: "success", label: "Confirmed", text: "An answer that used it got a thumb up." };
  return undefined;
}

/** True if nothing of it is told, because it is about data that isn't the reader's. */
export function isWithheld(one: Synonym | VerifiedAnswer): boolean {
  return "words" in one ? one.words === "" : one.question === "";
}

const KINDS: Record<SynonymKind, string> = {
  [SynonymKind.UNSPECIFIED]: "Word",
  [SynonymKind.TABLE]: "Table",
  [SynonymKind.COLUMN]: "Column",
  [SynonymKind.VALUE]: "Value",
  [SynonymKind.METRIC]: "Metric",
  [SynonymKind.RELATIONSHIP]: "Part of a table",
  [SynonymKind.DATE]: "Date",
  [SynonymKind.CHOICE]: "Reading",
};

export function kindText(kind: SynonymKind | undefined): string {
  return (KINDS as Partial<Record<number, string>>)[kind ?? SynonymKind.UNSPECIFIED] ?? KINDS[SynonymKind.UNSPECIFIED];
}

/** How, by whom and when something came to be known. */
export function wordOrigin(word: Synonym, name: string): string {
  const how = word.origin === LearningOrigin.CLARIFICATION ? "chosen when asked back" : "written";
  return `${how} by ${name} on ${dayText(word.updateTime)}`;
}

export function usageText(one: Pick<Synonym, "useCount" | "lastUseTime">): string {
  if (one.useCount === 0n) return "not used yet";
  const times = one.useCount === 1n ? "once" : `${one.useCount.toLocaleString("en-US")} times`;
  return one.lastUseTime ? `used ${times}, last on ${dayText(one.lastUseTime)}` : `used ${times}`;
}

export function dayText(time: Timestamp | undefined): string {
  return time ? timestampDate(time).toLocaleDateString("en-US", { day: "numeric", month: "short", year: "numeric" }) : "";
}

/** What taking the thumbs back is called, by how much they have done. */
export function restoreText(weight: number): string {
  return weight < BAR ? "Use again" : "Clear the doubt";
}
