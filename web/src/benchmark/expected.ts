import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { ExpectedAnswerSchema, type ExpectedAnswer } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { CellSchema, RowSchema, type Cell, type Row } from "@/gen/infinure/ml_gateway/v1/result_pb";

export type Kind = "sql" | "rows" | "noAnswer";

/** What is expected while it is written. */
export interface Draft {
  kind: Kind;
  sql: string;
  rows: string;
  ordered: boolean;
}

export const NEW_DRAFT: Draft = { kind: "sql", sql: "", rows: "", ordered: false };
export const MOST_ROWS = 1_000;

const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function draftOf(expected: ExpectedAnswer | undefined): Draft {
  const is = expected?.expected;
  const ordered = expected?.ordered ?? false;
  if (is?.case === "rows") return { ...NEW_DRAFT, kind: "rows", rows: textOfRows(is.value.rows), ordered };
  if (is?.case === "noAnswer") return { ...NEW_DRAFT, kind: "noAnswer" };
  return { ...NEW_DRAFT, sql: is?.case === "sql" ? is.value : "", ordered };
}

/** What is expected, or what is wrong with how it is written. */
export function expectedOf({ kind, sql, rows, ordered }: Draft): ExpectedAnswer | { problem: string } {
  if (kind === "noAnswer") return create(ExpectedAnswerSchema, { expected: { case: "noAnswer", value: true } });
  if (kind === "sql") return sql.trim() === "" ? { problem: "" } : create(ExpectedAnswerSchema, { expected: { case: "sql", value: sql }, ordered });
  const read = rowsOfText(rows);
  if (read.length > MOST_ROWS) return { problem: `At most ${MOST_ROWS.toLocaleString("en-US")} rows.` };
  const widths = new Set(read.map(({ cells }) => cells.length));
  if (widths.size > 1) return { problem: "Each row must have as many values as the first." };
  return create(ExpectedAnswerSchema, { expected: { case: "rows", value: { rows: read } }, ordered });
}

export function isProblem(read: ExpectedAnswer | { problem: string }): read is { problem: string } {
  return "problem" in read;
}

/** Rows as they are typed or pasted: one a line, values parted by tabs or else by commas; text in double quotes stays text. */
export function rowsOfText(text: string): Row[] {
  const parting = text.includes("\t") ? "\t" : ",";
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line) => create(RowSchema, { cells: valuesOf(line, parting).map(cellOf) }));
}

interface Written {
  text: string;
  quoted: boolean;
}

function valuesOf(line: string, parting: string): Written[] {
  const values: Written[] = [];
  let [text, quoted, inside] = ["", false, false];
  const end = () => {
    values.push({ text: quoted ? text : text.trim(), quoted });
    [text, quoted] = ["", false];
  };
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? "";
    if (inside && letter === '"' && line[at + 1] === '"') {
      text += '"';
      at += 1;
    } else if (inside && letter === '"') {
      inside = false;
    } else if (!inside && letter === '"' && text.trim() === "") {
      [text, quoted, inside] = ["", true, true];
    } else if (!inside && letter === parting) {
      end();
    } else if (!quoted || inside) {
      text += letter;
    }
  }
  end();
  return values;
}

function cellOf({ text, quoted }: Written): Cell {
  if (quoted) return create(CellSchema, { value: { case: "text", value: text } });
  if (text === "") return create(CellSchema);
  if (NUMBER.test(text)) return create(CellSchema, { value: { case: "decimal", value: text.replace(/^\+/, "") } });
  if (DATE.test(text)) return create(CellSchema, { value: { case: "date", value: text } });
  if (text === "true" || text === "false") return create(CellSchema, { value: { case: "boolean", value: text === "true" } });
  return create(CellSchema, { value: { case: "text", value: text } });
}

/** The same rows as they would be typed. */
export function textOfRows(rows: Row[]): string {
  return rows.map(({ cells }) => cells.map(textOfCell).join(", ")).join("\n");
}

function textOfCell({ value }: Cell): string {
  switch (value.case) {
    case undefined:
      return "";
    case "time":
      return timestampDate(value.value).toISOString();
    case "text": {
      const plain = cellOf({ text: value.value, quoted: false }).value;
      const safe = plain.case === "text" && !/["\t,\n]/.test(value.value) && value.value.trim() === value.value;
      return safe ? value.value : `"${value.value.replaceAll('"', '""')}"`;
    }
    default:
      return String(value.value);
  }
}

/** In a few words, for the list. */
export function expectedText(expected: ExpectedAnswer | undefined): string {
  const is = expected?.expected;
  switch (is?.case) {
    case "sql":
      return "The rows of a query";
    case "rows":
      return is.value.rows.length === 1 ? "1 row" : `${is.value.rows.length.toLocaleString("en-US")} rows`;
    case "noAnswer":
      return "No answer";
    default:
      return "";
  }
}
