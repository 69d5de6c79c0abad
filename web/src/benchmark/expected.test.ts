import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ExpectedAnswerSchema } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import type { Row } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { NEW_DRAFT, draftOf, expectedOf, expectedText, isProblem, rowsOfText, textOfRows } from "./expected";

const told = (rows: Row[]) => rows.map(({ cells }) => cells.map(({ value }) => (value.case === undefined || value.case === "time" ? null : `${value.case} ${String(value.value)}`)));

describe("rows as they are typed", () => {
  it("are read value by value, with their types", () => {
    expect(told(rowsOfText("Bergen, 12, 2024-05-01\n\nOslo,-0.5 , ,true"))).toEqual([
      ["text Bergen", "decimal 12", "date 2024-05-01"],
      ["text Oslo", "decimal -0.5", null, "boolean true"],
    ]);
  });

  it("keep text in quotes as it is, and numbers that begin with 0", () => {
    expect(told(rowsOfText('"12", 0047, "a, ""b""", ""'))).toEqual([["text 12", "text 0047", 'text a, "b"', "text "]]);
  });

  it("are parted by tabs where there are any", () => {
    expect(told(rowsOfText("Bergen, Norway\t1\r\nOslo\t2"))).toEqual([
      ["text Bergen, Norway", "decimal 1"],
      ["text Oslo", "decimal 2"],
    ]);
  });

  it("are the same after they were written out", () => {
    const rows = rowsOfText('Bergen, 12, 2024-05-01\n"12", "a, ""b""", \n"", true, " x"');
    expect(rowsOfText(textOfRows(rows))).toEqual(rows);
  });
});

describe("what is expected", () => {
  it("is complete or says what is wrong", () => {
    expect(expectedOf(NEW_DRAFT)).toEqual({ problem: "" });
    expect(expectedOf({ ...NEW_DRAFT, kind: "rows", rows: "a, b\nc" })).toEqual({ problem: "Each row must have as many values as the first." });
    expect(isProblem(expectedOf({ ...NEW_DRAFT, kind: "rows", rows: "" }))).toBe(false);
    expect(expectedOf({ ...NEW_DRAFT, kind: "rows", rows: "x\n".repeat(1001) })).toEqual({ problem: "At most 1,000 rows." });
  });

  it.each([
    create(ExpectedAnswerSchema, { expected: { case: "sql", value: "SELECT 1" }, ordered: true }),
    create(ExpectedAnswerSchema, { expected: { case: "rows", value: { rows: rowsOfText("a, 1") } } }),
    create(ExpectedAnswerSchema, { expected: { case: "noAnswer", value: true } }),
  ])("is the same after it was looked at: %o", (expected) => {
    expect(expectedOf(draftOf(expected))).toEqual(expected);
  });

  it("is told in a few words", () => {
    expect(expectedText(create(ExpectedAnswerSchema, { expected: { case: "rows", value: { rows: rowsOfText("a") } } }))).toBe("1 row");
    expect(expectedText(undefined)).toBe("");
  });
});
