import { timestampMs } from "@bufbuild/protobuf/wkt";
import { formatCell, isTemporal, numberOf } from "@/chat/format";
import { ChartKind, type Chart } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import type { Cell, NumberFormat, ResultColumn, Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";

export interface Series {
  name: string;
  /** One for each place on the x axis; null where there is no value. */
  values: (number | null)[];
  texts: string[];
}

/** A chart's data as it is drawn. */
export interface Shape {
  form: "line" | "bars" | "columns" | "stacked-bars" | "stacked-columns";
  title: string;
  /** The places on the x axis, as shown. */
  places: string[];
  /** The same places as moments, where they are such. */
  moments: number[] | undefined;
  series: Series[];
  format: NumberFormat | undefined;
  /** What the axis reaches at least, such as 1 for shares of a whole. */
  reach?: number;
  /** What isn't drawn though it is in the table, to be said below the chart. */
  omissions: string[];
}

export const MOST_BARS = 20;
export const MOST_SERIES = 6;

/** Shapes rows for drawing; undefined where there is nothing to draw. */
export function shapeChart(chart: Chart, rows: Rows): Shape | undefined {
  const { xColumn, seriesColumn } = chart;
  const x = xColumn === undefined ? undefined : rows.columns[xColumn];
  const drawable = chart.yColumns.filter((index) => rows.columns[index] !== undefined);
  const first = rows.columns[drawable[0] ?? -1];
  if (x === undefined || xColumn === undefined || first === undefined || rows.rows.length === 0) return undefined;

  const omissions: string[] = [];
  // One axis has one unit: figures in another are left to the table.
  const measures = drawable.filter((index) => sameUnit(rows.columns[index], first));
  for (const index of drawable) if (!measures.includes(index)) omissions.push(`${nameOf(rows.columns[index])} is in the table: it has another unit.`);

  const places = distinct(rows.rows.map((row) => row.cells[xColumn]), x);
  const all =
    seriesColumn === undefined
      ? measures.map((index) => seriesOf(rows, places, xColumn, index, () => true, nameOf(rows.columns[index])))
      : split(rows, places, xColumn, measures[0] ?? 0, seriesColumn);
  const series = all.toSorted((a, b) => (seriesColumn === undefined ? 0 : total(b) - total(a))).slice(0, MOST_SERIES);
  if (all.length > series.length) omissions.push(`The ${series.length} largest of ${all.length} series are drawn; all are in the table.`);

  const form = formOf(chart.kind, x, series.length);
  const most = form === "bars" || form === "stacked-bars" ? MOST_BARS : places.length;
  if (places.length > most) omissions.push(`The first ${most} of ${places.length} are drawn; all are in the table.`);
  return {
    form,
    title: chart.title,
    places: places.slice(0, most).map((place) => place.text),
    moments: isTemporal(x) ? places.slice(0, most).map((place) => momentOf(place.cell) ?? NaN) : undefined,
    series: series.map(({ name, values, texts }) => ({ name, values: values.slice(0, most), texts: texts.slice(0, most) })),
    format: first.format,
    omissions,
  };
}

interface Place {
  text: string;
  cell: Cell | undefined;
}

function distinct(cells: (Cell | undefined)[], column: ResultColumn): Place[] {
  const places = new Map<string, Place>();
  for (const cell of cells) {
    const text = formatCell(cell, column);
    if (!places.has(text)) places.set(text, { text, cell });
  }
  const found = [...places.values()];
  // Time runs from left to right, in whatever order the rows came.
  return isTemporal(column) ? found.toSorted((a, b) => (momentOf(a.cell) ?? 0) - (momentOf(b.cell) ?? 0)) : found;
}

function split(rows: Rows, places: Place[], xColumn: number, yColumn: number, seriesColumn: number): Series[] {
  const column = rows.columns[seriesColumn];
  if (column === undefined) return [];
  const names = [...new Set(rows.rows.map((row) => formatCell(row.cells[seriesColumn], column)))];
  return names.map((name) => seriesOf(rows, places, xColumn, yColumn, (cells) => formatCell(cells[seriesColumn], column) === name, name));
}

function seriesOf(rows: Rows, places: Place[], xColumn: number, yColumn: number, belongs: (cells: Cell[]) => boolean, name: string): Series {
  const [x, y] = [rows.columns[xColumn], rows.columns[yColumn]];
  if (x === undefined || y === undefined) return { name, values: [], texts: [] };
  const at = new Map(rows.rows.filter((row) => belongs(row.cells)).map((row) => [formatCell(row.cells[xColumn], x), row.cells[yColumn]]));
  return {
    name,
    values: places.map((place) => numberOf(at.get(place.text)) ?? null),
    texts: places.map((place) => formatCell(at.get(place.text), y)),
  };
}

function formOf(kind: ChartKind, x: ResultColumn, seriesCount: number): Shape["form"] {
  if (kind === ChartKind.LINE) return "line";
  const stacked = kind === ChartKind.STACKED_BAR && seriesCount > 1;
  if (isTemporal(x)) return stacked ? "stacked-columns" : "columns";
  return stacked ? "stacked-bars" : "bars";
}

function sameUnit(column: ResultColumn | undefined, first: ResultColumn): boolean {
  const [a, b] = [column?.format, first.format];
  return (a?.style ?? 0) === (b?.style ?? 0) && (a?.currency ?? "") === (b?.currency ?? "") && (a?.unit ?? "") === (b?.unit ?? "");
}

function nameOf(column: ResultColumn | undefined): string {
  return column === undefined ? "" : column.label || column.name;
}

function total(series: Series): number {
  return series.values.reduce((sum: number, value) => sum + (value ?? 0), 0);
}

function momentOf(cell: Cell | undefined): number | undefined {
  const value = cell?.value;
  if (value?.case === "time") return timestampMs(value.value);
  return value?.case === "date" ? Date.parse(`${value.value}T00:00:00Z`) : undefined;
}
