import { useState } from "react";
import type { UploadedTable } from "@/gen/infinure/integration/v1/upload_pb";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { ChevronIcon } from "@/ui/icons";
import { Input } from "@/ui/Input";
import { ColumnCheck } from "./ColumnCheck";
import { count } from "./item-text";
import type { ColumnDraft, TableDraft } from "./reading";

interface Props {
  table: UploadedTable;
  draft: TableDraft;
  /** The file's only table: it can't be left out. */
  alone: boolean;
  startsOpen: boolean;
  onChange: (draft: TableDraft) => void;
}

/** So many columns are shown at first; wide tables hold thousands. */
const COLUMNS_AT_ONCE = 60;

export function TableCheck({ table, draft, alone, startsOpen, onChange }: Props) {
  const [open, setOpen] = useState(startsOpen && !table.leftOut);
  const [most, setMost] = useState(COLUMNS_AT_ONCE);
  const empty = table.rowCount === 0n;
  const edit = (index: number, column: ColumnDraft) => onChange({ ...draft, columns: draft.columns.map((other, place) => (place === index ? column : other)) });
  const hidden = table.columns.length - most;
  return (
    <div className="min-w-0 rounded-lg border border-line" data-testid="uploaded-table">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
        <button type="button" className="grid size-7 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink" aria-expanded={open} aria-label={`Columns of ${draft.name}`} onClick={() => setOpen(!open)}>
          <ChevronIcon className={classes("size-4 transition-transform", open && "rotate-90")} />
        </button>
        {!alone && (
          <input
            type="checkbox"
            className="size-4 accent-accent"
            aria-label={`Keep the table ${table.name}`}
            checked={!draft.leftOut}
            disabled={empty}
            onChange={(event) => onChange({ ...draft, leftOut: !event.target.checked })}
            data-testid="keep-table"
          />
        )}
        <Input className="h-8! max-w-64 min-w-32 flex-1 font-medium" aria-label={`Name of the table ${table.name}`} value={draft.name} maxLength={128} disabled={draft.leftOut} onChange={(event) => onChange({ ...draft, name: event.target.value })} data-testid="table-name" />
        <span className="text-sm text-ink-soft tabular-nums">
          {empty ? "empty, left out" : `${count(table.rowCount, "row")} · ${count(table.columns.length, "column")}`}
          {table.origin !== "" && table.origin !== draft.name && <span className="text-ink-faint"> · from {table.origin}</span>}
        </span>
      </div>
      {open && !draft.leftOut && (
        <div className="border-t border-line">
          <ul className="divide-y divide-line/60">
            {table.columns.slice(0, most).map((column, index) => {
              const own = draft.columns[index];
              return own && <ColumnCheck key={`${index} ${column.origin}`} column={column} draft={own} onChange={(changed) => edit(index, changed)} />;
            })}
          </ul>
          {hidden > 0 && (
            <div className="border-t border-line px-3 py-2">
              <Button look="quiet" size="small" onClick={() => setMost(most + 10 * COLUMNS_AT_ONCE)}>
                Show more columns ({hidden.toLocaleString("en-US")})
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
