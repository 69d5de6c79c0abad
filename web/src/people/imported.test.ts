import { describe, expect, it } from "vitest";
import { ImportOutcome } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { countsOf, outcomeText } from "./imported";

const rows = (...outcomes: ImportOutcome[]) => outcomes.map((outcome) => ({ outcome, problem: "role is none of viewer" }));

describe("an import's report", () => {
  it("counts what will be done and what was", () => {
    const found = rows(ImportOutcome.INVITED, ImportOutcome.EXISTS, ImportOutcome.REFUSED, ImportOutcome.REFUSED);
    expect(countsOf(found, false)).toBe("1 will be invited, 1 is there already, 2 are refused.");
    expect(countsOf(found, true)).toBe("1 was invited, 1 is there already, 2 are refused.");
    expect(countsOf(rows(ImportOutcome.EXISTS), false)).toBe("0 will be invited, 1 is there already.");
  });

  it("says what to mend", () => {
    expect(rows(ImportOutcome.REFUSED).map((row) => outcomeText(row, true))).toEqual(["Refused: role is none of viewer"]);
  });
});
