import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { Cell, Row, Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { numberOf, rawCell } from "./format";

export interface Sorting {
  column: number;
  descending: boolean;
}

const BY_WORD = new Intl.Collator("en", { numeric: true });

/** The rows in another order; empty cells last either way. Equal rows keep the order of the answer. */
export function sortRows(rows: Row[], sorting: Sorting | undefined): Row[] {
  if (sorting === undefined) return rows;
  const { column, descending } = sorting;
  return rows.toSorted((one, other) => {
    const [a, b] = [one.cells[column], other.cells[column]];
    const [aMissing, bMissing] = [isMissing(a), isMissing(b)];
    if (aMissing || bMissing) return Number(aMissing) - Number(bMissing);
    return compare(a, b) * (descending ? -1 : 1);
  });
}

function isMissing(cell: Cell | undefined): boolean {
  return cell?.value.case === undefined;
}

function compare(a: Cell | undefined, b: Cell | undefined): number {
  const [x, y] = [orderOf(a), orderOf(b)];
  return x !== undefined && y !== undefined ? x - y : BY_WORD.compare(rawCell(a), rawCell(b));
}

function orderOf(cell: Cell | undefined): number | undefined {
  const value = cell?.value;
  if (value?.case === "time") return timestampMs(value.value);
  if (value?.case === "boolean") return Number(value.value);
  return numberOf(cell);
}

/** The table as tab-separated text, as spreadsheets take it. */
export function tableText(rows: Rows): string {
  const lines = [rows.columns.map((column) => column.label || column.name), ...rows.rows.map((row) => row.cells.map(rawCell))];
  return lines.map((line) => line.map(spreadsheetCell).join("\t")).join("\n");
}

function spreadsheetCell(text: string): string {
  // A value that a spreadsheet would run as a formula is marked as text.
  const safe = /^[=+\-@]/.test(text) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
  return /["\t\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
