import type { Chart } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import type { Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { formatCell } from "./format";

/** An answer that is one figure. */
export function BigNumber({ chart, rows }: { chart: Chart; rows: Rows }) {
  const index = chart.yColumns[0] ?? rows.columns.findIndex((column) => column.isMeasure);
  const column = rows.columns[index] ?? rows.columns[0];
  const cell = rows.rows[0]?.cells[Math.max(index, 0)];
  if (column === undefined) return null;
  return (
    <figure data-testid="chart" className="justify-self-start rounded-xl border border-line bg-surface px-6 py-4 shadow-card">
      <figcaption className="text-sm text-ink-faint">{chart.title || column.label || column.name}</figcaption>
      <p className="text-4xl font-semibold tracking-tight tabular-nums">{formatCell(cell, column)}</p>
    </figure>
  );
}
