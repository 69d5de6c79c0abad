import { hasEnded, type Answer } from "./answer";

/** The option that a bare number chooses, where the newest answer asks back; undefined if it chooses none. */
export function optionByNumber(newest: Answer | undefined, typed: string): string | undefined {
  const said = typed.trim();
  if (newest?.clarification === undefined || !hasEnded(newest) || !/^[1-9]$/.test(said)) return undefined;
  return newest.clarification.options[Number(said) - 1]?.question;
}
