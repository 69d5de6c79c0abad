import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { Grain, NumberFormatSchema, NumberStyle, ValueType } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { cell, column, type Value } from "@/testing/answers";
import { formatCell, formatTick } from "./format";

const euro = create(NumberFormatSchema, { style: NumberStyle.CURRENCY, currency: "EUR" });
const percent = create(NumberFormatSchema, { style: NumberStyle.PERCENT });
const kilograms = create(NumberFormatSchema, { unit: "kg", fractionDigits: 1 });
const day = { date: "2025-03-01" };

it.each<[string, Value, Parameters<typeof column>[1], string]>([
  ["a whole number", 1234567n, { type: ValueType.INTEGER }, "1,234,567"],
  ["a whole number past what a double holds", 9007199254740993n, { type: ValueType.INTEGER }, "9,007,199,254,740,993"],
  ["a decimal with every digit", { decimal: "12345678901234567.89" }, { type: ValueType.DECIMAL }, "12,345,678,901,234,567.89"],
  ["money", { decimal: "1234.5" }, { type: ValueType.DECIMAL, format: euro }, "€1,234.50"],
  ["money below zero", -3, { type: ValueType.NUMBER, format: euro }, "-€3.00"],
  ["money of a currency that isn't one", 3, { type: ValueType.NUMBER, format: { ...euro, currency: "??" } }, "3"],
  ["a share", 0.2534, { type: ValueType.NUMBER, format: percent }, "25.3%"],
  ["a unit and its digits", 2.25, { type: ValueType.NUMBER, format: kilograms }, "2.3 kg"],
  ["a small number, whose digits matter", 0.00123, { type: ValueType.NUMBER }, "0.00123"],
  ["a day", day, { type: ValueType.DATE }, "Mar 1, 2025"],
  ["a week", day, { type: ValueType.DATE, grain: Grain.WEEK }, "Week of Mar 1, 2025"],
  ["a month", day, { type: ValueType.DATE, grain: Grain.MONTH }, "Mar 2025"],
  ["a quarter", day, { type: ValueType.DATE, grain: Grain.QUARTER }, "Q1 2025"],
  ["a year", day, { type: ValueType.DATE, grain: Grain.YEAR }, "2025"],
  ["a date that isn't one", { date: "infinity" }, { type: ValueType.DATE }, "infinity"],
  ["a moment", { time: Date.UTC(2025, 2, 1, 14, 5) }, { type: ValueType.TIME }, "Mar 1, 2025, 14:05"],
  ["truth", true, { type: ValueType.BOOLEAN }, "Yes"],
  ["text that looks like markup", "<b>x</b>", { type: ValueType.TEXT }, "<b>x</b>"],
  ["nothing", null, { type: ValueType.INTEGER }, "–"],
])("shows %s", (_what, value, fields, expected) => {
  expect(formatCell(cell(value), column("c", fields))).toBe(expected);
});

it("shortens figures on axes", () => {
  expect([formatTick(1_250_000, euro), formatTick(0.25, percent), formatTick(0, undefined), formatTick(900, undefined)]).toEqual(["€1.3M", "25%", "0", "900"]);
});
