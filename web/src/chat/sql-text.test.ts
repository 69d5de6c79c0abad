import { expect, it } from "vitest";
import { brokenIntoLines, piecesOf } from "./sql-text";

const SQL = "SELECT a.x, COUNT(*) FROM t AS a LEFT JOIN u ON a.id = u.id WHERE a.s = 'it''s FROM here' AND a.d IN (SELECT d FROM v) GROUP BY a.x";

it("breaks one line before its clauses, not inside strings or brackets", () => {
  expect(brokenIntoLines(SQL).split("\n")).toEqual([
    "SELECT a.x, COUNT(*)",
    "FROM t AS a",
    "LEFT JOIN u ON a.id = u.id",
    "WHERE a.s = 'it''s FROM here' AND a.d IN (SELECT d FROM v)",
    "GROUP BY a.x",
  ]);
});

it("leaves lines as they are", () => {
  expect(brokenIntoLines("SELECT 1\nFROM t WHERE x")).toBe("SELECT 1\nFROM t WHERE x");
});

it("loses no character", () => {
  const odd = `SELECT "we""ird", 1.5 -- why FROM\n/* x */ FROM é 'open`;
  expect(piecesOf(odd).map((piece) => piece.text).join("")).toBe(odd);
});
