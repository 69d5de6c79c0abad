import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Step } from "@/chat/answer";
import { AnswerEventSchema, type AnswerEvent } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { CellSchema, ResultColumnSchema, RowsSchema, type Cell, type ResultColumn, type Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";

/** Builders of answers' parts, shared by the tests. */

export const accepted = (sequence = 1, answerId = "answer"): AnswerEvent =>
  step(sequence, { case: "accepted", value: { $typeName: "infinure.ml_gateway.v1.Accepted", messageId: "question", answerId, conversationId: "conversation" } });

export const delta = (sequence: number, text: string): AnswerEvent =>
  step(sequence, { case: "textDelta", value: { $typeName: "infinure.ml_gateway.v1.TextDelta", text } });

export const completed = (sequence: number): AnswerEvent =>
  step(sequence, { case: "completed", value: { $typeName: "infinure.ml_gateway.v1.Completed" } });

export function step(sequence: number, event: Step["event"]): AnswerEvent {
  return create(AnswerEventSchema, { sequence, event });
}

export type Value = number | bigint | string | boolean | null | { date: string } | { decimal: string } | { time: number };

export function cell(value: Value): Cell {
  return create(CellSchema, { value: valueOf(value) });
}

function valueOf(value: Value): Cell["value"] {
  if (value === null) return { case: undefined };
  if (typeof value === "bigint") return { case: "integer", value };
  if (typeof value === "number") return { case: "number", value };
  if (typeof value === "string") return { case: "text", value };
  if (typeof value === "boolean") return { case: "boolean", value };
  if ("date" in value) return { case: "date", value: value.date };
  if ("decimal" in value) return { case: "decimal", value: value.decimal };
  return { case: "time", value: timestampFromMs(value.time) };
}

export function column(name: string, fields: Partial<Omit<ResultColumn, "$typeName">> = {}): ResultColumn {
  return create(ResultColumnSchema, { name, label: name, ...fields });
}

export function rowsOf(columns: ResultColumn[], ...lines: Value[][]): Rows {
  return create(RowsSchema, { columns, rows: lines.map((line) => ({ cells: line.map(cell) })), totalRowCount: BigInt(lines.length) });
}
