import { expect, it } from "vitest";
import { cell, column, rowsOf, type Value } from "@/testing/answers";
import { sortRows, tableText } from "./table-rows";

const sorted = (values: Value[], descending: boolean) =>
  sortRows(rowsOf([column("c")], ...values.map((value) => [value])).rows, { column: 0, descending }).map((row) => row.cells[0]?.value.value);

it("sorts numbers as numbers and leaves empty cells last both ways", () => {
  expect(sorted([10n, null, 9n], false)).toEqual([9n, 10n, undefined]);
  expect(sorted([10n, null, 9n], true)).toEqual([10n, 9n, undefined]);
});

it("sorts text as people do", () => {
  expect(sorted(["item 10", "Item 9", "item 1"], false)).toEqual(["item 1", "Item 9", "item 10"]);
});

it("keeps the answer's order without a sorting", () => {
  const rows = [{ cells: [cell(2n)] }, { cells: [cell(1n)] }] as Parameters<typeof sortRows>[0];
  expect(sortRows(rows, undefined)).toBe(rows);
});

it("copies unformatted values, quoted where they must be, and no formula", () => {
  const rows = rowsOf([column("name"), column("amount")], ['a "b"\tc', { decimal: "-1234.50" }], ["=1+1", null]);
  expect(tableText(rows)).toBe('name\tamount\n"a ""b""\tc"\t-1234.50\n\'=1+1\t');
});
