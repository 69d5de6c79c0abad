import { useState } from "react";
import type { Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { DataTable } from "@/ui/DataTable";
import { formatCell, isNumeric } from "./format";
import { sortRows, tableText, type Sorting } from "./table-rows";

const SHOWN_AT_FIRST = 10;
const SHOWN_MORE = 200;

export function ResultTable({ rows }: { rows: Rows }) {
  const [sorting, setSorting] = useState<Sorting>();
  const [most, setMost] = useState(SHOWN_AT_FIRST);
  const sorted = sortRows(rows.rows, sorting);
  const shown = sorted.slice(0, most);
  const left = sorted.length - shown.length;
  const sortBy = (column: number) => setSorting(nextSorting(sorting, column));
  return (
    <div className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface shadow-card" data-testid="result-table">
      <DataTable
        label="Result"
        columns={rows.columns.map((column) => ({ title: column.label || column.name, right: isNumeric(column) }))}
        rows={shown.map((row) => rows.columns.map((column, index) => formatCell(row.cells[index], column)))}
        sorting={sorting}
        onSort={sortBy}
      />
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-2 py-1 text-xs text-ink-faint">
        <span className="px-2">{countText(rows)}</span>
        {left > 0 && (
          <Button look="quiet" size="small" onClick={() => setMost(most + SHOWN_MORE)}>
            Show {Math.min(left, SHOWN_MORE)} more
          </Button>
        )}
        <span className="ml-auto">
          <CopyButton text={() => tableText({ ...rows, rows: sorted })} label="Copy table" />
        </span>
      </div>
    </div>
  );
}

/** First click sorts upwards; the second turns round; the third goes back to the answer's own order. */
function nextSorting(sorting: Sorting | undefined, column: number): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? undefined : { column, descending: true };
}

function countText(rows: Rows): string {
  const listed = rows.rows.length.toLocaleString("en-US");
  if (rows.truncated) return `The first ${listed} of ${rows.totalRowCount.toLocaleString("en-US")} rows`;
  return rows.rows.length === 1 ? "1 row" : `${listed} rows`;
}
