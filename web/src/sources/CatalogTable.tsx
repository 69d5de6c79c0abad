import { useState } from "react";
import type { Catalog, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ChevronIcon } from "@/ui/icons";
import { ColumnRow } from "./ColumnRow";
import { EditableDescription } from "./EditableDescription";
import { keyLines, keysOf } from "./keys";
import { momentText } from "./source-text";
import { DropTable } from "./DropTable";

interface Props {
  table: Table;
  catalog: Catalog;
  withSchema: boolean;
  mayEdit: boolean;
  mayDrop: boolean;
}

/** So many columns are shown at first; wide tables hold thousands. */
const COLUMNS_AT_ONCE = 100;

/** One table: closed, its name and size; opened, its columns and what it hangs together with. */
export function CatalogTable({ table, catalog, withSchema, mayEdit, mayDrop }: Props) {
  const [open, setOpen] = useState(false);
  const rows = `${table.rowCountExact ? "" : "about "}${table.rowCount.toLocaleString("en-US")} ${table.rowCount === 1n ? "row" : "rows"}`;
  return (
    <details className="group rounded-xl border border-line bg-surface" data-testid="catalog-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex list-none items-center gap-3 rounded-xl px-4 py-3 hover:bg-hover/60">
        <ChevronIcon className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
        <span className="min-w-0 flex-1">
          <span className="font-medium wrap-anywhere">{table.label || table.name}</span>{" "}
          {(withSchema || (table.label !== "" && table.label !== table.name)) && (
            <code className="font-mono text-xs wrap-anywhere text-ink-faint">{withSchema ? `${table.schema}.${table.name}` : table.name}</code>
          )}
          {table.isView && <Badge className="ml-2">View</Badge>}
        </span>
        <span className="shrink-0 text-right text-sm text-ink-soft tabular-nums">{rows}</span>
      </summary>
      {open && <Content table={table} catalog={catalog} mayEdit={mayEdit} mayDrop={mayDrop} />}
    </details>
  );
}

function Content({ table, catalog, mayEdit, mayDrop }: Omit<Props, "withSchema">) {
  const [most, setMost] = useState(COLUMNS_AT_ONCE);
  const outgoing = catalog.relationships.filter(keysOf(table).outgoing);
  const lines = keyLines(table, catalog);
  const hidden = table.columns.length - most;
  const place = { schema: table.schema, table: table.name };
  return (
    <div className="grid gap-4 border-t border-line px-4 py-4 text-sm">
      <EditableDescription sourceId={catalog.sourceId} entry={{ ...place, column: "" }} description={table.description} mayEdit={mayEdit} />
      {table.synonyms.length > 0 && <p className="text-ink-faint">Also called {table.synonyms.join(", ")}</p>}
      {table.latestTime !== "" && (
        <p className="text-ink-soft">
          Newest data: {momentText(table.latestTime)}
          {table.defaultTimeColumn !== "" && <span className="text-ink-faint"> ({table.defaultTimeColumn})</span>}
        </p>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Columns of ${table.name}`}>
        <table className="block w-full text-left sm:table">
          <thead className="hidden text-ink-faint sm:table-header-group">
            <tr>
              {["Column", "Type", "Values"].map((title) => (
                <th key={title} scope="col" className="border-b border-line py-1.5 pr-4 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="block sm:table-row-group">
            {table.columns.slice(0, most).map((column) => (
              <ColumnRow
                key={column.name}
                sourceId={catalog.sourceId}
                entry={{ ...place, column: column.name }}
                column={column}
                isKey={table.primaryKey.includes(column.name)}
                reference={outgoing.find((key) => key.fromColumns.includes(column.name))}
                isDefaultTime={table.defaultTimeColumn === column.name}
                mayEdit={mayEdit}
              />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button look="quiet" size="small" className="justify-self-start" onClick={() => setMost(most + 5 * COLUMNS_AT_ONCE)}>
          Show more columns ({hidden.toLocaleString("en-US")})
        </Button>
      )}
      {lines.length > 0 && (
        <section aria-label={`Keys of ${table.name}`} data-testid="keys">
          <h3 className="mb-1 font-medium">Keys</h3>
          <ul className="grid gap-1">
            {lines.map((line) => (
              <li key={line.text} className="flex flex-wrap items-center gap-x-2 gap-y-1 wrap-anywhere text-ink-soft">
                {line.text}
                <Badge tone={line.certain ? "neutral" : "warning"}>{line.origin}</Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayDrop && <DropTable sourceId={catalog.sourceId} table={table.name} />}
    </div>
  );
}
