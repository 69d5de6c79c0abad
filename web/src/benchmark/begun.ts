/** A benchmark question that an answer began: its question and its query. */
export interface Begun {
  question: string;
  sql: string;
}

/** Reads it from the state of an address, which may be anything. */
export function begunOf(state: unknown): Begun | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const { question, sql } = state as Partial<Record<keyof Begun, unknown>>;
  return typeof question === "string" && typeof sql === "string" ? { question, sql } : undefined;
}
