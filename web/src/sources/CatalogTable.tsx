import type { Catalog, Relationship, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import { Badge } from "@/ui/Badge";
import { ChevronIcon } from "@/ui/icons";
import { ColumnRow } from "./ColumnRow";

interface Props {
  table: Table;
  catalog: Catalog;
  withSchema: boolean;
}

/** One table: closed, its name and size; opened, its columns and what it hangs together with. */
export function CatalogTable({ table, catalog, withSchema }: Props) {
  const outgoing = catalog.relationships.filter((key) => key.fromSchema === table.schema && key.fromTable === table.name);
  const incoming = catalog.relationships.filter((key) => key.toSchema === table.schema && key.toTable === table.name);
  const rows = `${table.rowCountExact ? "" : "about "}${table.rowCount.toLocaleString("en-US")} ${table.rowCount === 1n ? "row" : "rows"}`;
  return (
    <details className="group rounded-xl border border-line bg-surface" data-testid="catalog-table">
      <summary className="flex list-none items-center gap-3 rounded-xl px-4 py-3 hover:bg-hover/60">
        <ChevronIcon className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{table.label || table.name}</span>{" "}
          <code className="font-mono text-xs text-ink-faint">{withSchema ? `${table.schema}.${table.name}` : table.name}</code>
          {table.isView && <Badge className="ml-2">View</Badge>}
        </span>
        <span className="shrink-0 text-sm text-ink-soft tabular-nums">{rows}</span>
      </summary>
      <div className="grid gap-4 border-t border-line px-4 py-4 text-sm">
        {table.description !== "" && <p className="text-ink-soft">{table.description}</p>}
        {table.synonyms.length > 0 && <p className="text-ink-faint">Also called {table.synonyms.join(", ")}</p>}
        <div className="overflow-x-auto">
          <table className="w-full text-left">
            <thead className="text-ink-faint">
              <tr>
                {["Column", "Type", "Values"].map((title) => (
                  <th key={title} scope="col" className="border-b border-line py-1.5 pr-4 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.columns.map((column) => (
                <ColumnRow
                  key={column.name}
                  column={column}
                  isKey={table.primaryKey.includes(column.name)}
                  reference={outgoing.find((key) => key.fromColumns.includes(column.name))}
                  isDefaultTime={table.defaultTimeColumn === column.name}
                />
              ))}
            </tbody>
          </table>
        </div>
        {incoming.length > 0 && <p className="text-ink-faint">Referred to by {incoming.map(nameOf).join(", ")}</p>}
      </div>
    </details>
  );
}

function nameOf(key: Relationship): string {
  return `${key.fromTable}.${key.fromColumns.join(" + ")}${key.name ? ` (${key.name})` : ""}`;
}
