import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ChartKind, ChartSchema } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import { Grain, NumberFormatSchema, NumberStyle, ValueType } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { column, rowsOf } from "@/testing/answers";
import { extentOf, labelledPlaces } from "./extent";
import { MOST_BARS, MOST_SERIES, shapeChart } from "./shape";
import { barsAt } from "./stack";

const month = column("month", { type: ValueType.DATE, grain: Grain.MONTH });
const country = column("country", { type: ValueType.TEXT });
const amount = column("amount", { type: ValueType.NUMBER, isMeasure: true });
const chart = (fields: Parameters<typeof create<typeof ChartSchema>>[1]) => create(ChartSchema, { xColumn: 0, yColumns: [1], ...fields });

describe("a chart's data", () => {
  it("runs in time from left to right, whatever the order of the rows", () => {
    const rows = rowsOf([month, amount], [{ date: "2025-02-01" }, 2], [{ date: "2025-01-01" }, 1]);
    const shape = shapeChart(chart({ kind: ChartKind.LINE }), rows);
    expect(shape).toMatchObject({ form: "line", places: ["Jan 2025", "Feb 2025"], series: [{ values: [1, 2] }] });
    expect(shape?.moments).toEqual([Date.UTC(2025, 0), Date.UTC(2025, 1)]);
  });

  it("keeps the order of groups and leaves a gap where there is no value", () => {
    const rows = rowsOf([country, amount], ["Spain", 3], ["France", null], ["Italy", 1]);
    expect(shapeChart(chart({ kind: ChartKind.BAR }), rows)).toMatchObject({ form: "bars", places: ["Spain", "France", "Italy"], series: [{ values: [3, null, 1] }] });
  });

  it("makes one series of each value of the series column, the largest first", () => {
    const rows = rowsOf([month, amount, country], [{ date: "2025-01-01" }, 1, "Spain"], [{ date: "2025-01-01" }, 5, "France"], [{ date: "2025-02-01" }, 2, "Spain"]);
    const shape = shapeChart(chart({ kind: ChartKind.STACKED_BAR, seriesColumn: 2 }), rows);
    expect(shape).toMatchObject({ form: "stacked-columns", series: [{ name: "France", values: [5, null] }, { name: "Spain", values: [1, 2] }] });
  });

  it("draws figures of one unit only, and says what it leaves out", () => {
    const money = column("revenue", { type: ValueType.NUMBER, format: create(NumberFormatSchema, { style: NumberStyle.CURRENCY, currency: "EUR" }) });
    const shape = shapeChart(chart({ kind: ChartKind.BAR, yColumns: [1, 2] }), rowsOf([country, amount, money], ["Spain", 1, 2]));
    expect(shape?.series.map((series) => series.name)).toEqual(["amount"]);
    expect(shape?.omissions).toEqual(["revenue is in the table: it has another unit."]);
  });

  it("draws no more bars and series than can be read, and says so", () => {
    const many = Array.from({ length: 30 }, (_none, index) => [`c${index}`, index, `s${index}`]);
    const shape = shapeChart(chart({ kind: ChartKind.BAR, seriesColumn: 2 }), rowsOf([country, amount, column("s")], ...many));
    expect(shape?.places).toHaveLength(MOST_BARS);
    expect(shape?.series).toHaveLength(MOST_SERIES);
    expect(shape?.omissions).toHaveLength(2);
  });

  it("is none without rows, without an x column, or with columns that don't exist", () => {
    expect(shapeChart(chart({ kind: ChartKind.BAR }), rowsOf([country, amount]))).toBeUndefined();
    expect(shapeChart(create(ChartSchema, { kind: ChartKind.BAR, yColumns: [1] }), rowsOf([country, amount], ["Spain", 1]))).toBeUndefined();
    expect(shapeChart(chart({ kind: ChartKind.BAR, yColumns: [7] }), rowsOf([country, amount], ["Spain", 1]))).toBeUndefined();
  });
});

describe("drawing", () => {
  const stacked = shapeChart(
    chart({ kind: ChartKind.STACKED_BAR, yColumns: [1, 2, 3] }),
    rowsOf([country, amount, column("b"), column("c")], ["Spain", 4, 3, -2]),
  );

  it("stacks upwards and downwards from 0", () => {
    if (stacked === undefined) throw new Error("no shape");
    expect(barsAt(stacked, 0).map(({ from, to }) => [from, to])).toEqual([[0, 4], [4, 7], [0, -2]]);
    expect(extentOf(stacked)).toEqual([-2, 7]);
  });

  it("labels evenly, the last place included", () => {
    expect(labelledPlaces(5, 10)).toEqual([0, 1, 2, 3, 4]);
    expect(labelledPlaces(12, 4)).toEqual([2, 5, 8, 11]);
    expect(labelledPlaces(3, 0.5)).toEqual([2]);
  });
});
