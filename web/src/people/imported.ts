import { ImportOutcome, type ImportedUser } from "@/gen/infinure/auth/v1/user_administration_service_pb";

/** As the contract has it. */
export const MOST_BYTES = 256 * 1024;

/** A row's report in words. */
export function outcomeText({ outcome, problem }: Pick<ImportedUser, "outcome" | "problem">, done: boolean): string {
  switch (outcome) {
    case ImportOutcome.INVITED:
      return done ? "Invited" : "Will be invited";
    case ImportOutcome.EXISTS:
      return "Is in your organization already";
    default:
      return `Refused: ${problem}`;
  }
}

/** "12 will be invited, 1 is there already, 2 are refused." */
export function countsOf(rows: Pick<ImportedUser, "outcome">[], done: boolean): string {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length;
  const [invited, there, refused] = [ImportOutcome.INVITED, ImportOutcome.EXISTS, ImportOutcome.REFUSED].map(count) as [number, number, number];
  const parts = [`${invited} ${done ? (invited === 1 ? "was invited" : "were invited") : "will be invited"}`];
  if (there > 0) parts.push(`${there} ${there === 1 ? "is" : "are"} there already`);
  if (refused > 0) parts.push(`${refused} ${refused === 1 ? "is" : "are"} refused`);
  return `${parts.join(", ")}.`;
}
