import { useDeferredValue, useMemo, useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usePermission } from "@/app/context";
import { useCatalog } from "@/chat/queries";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { Catalog, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { Button } from "@/ui/Button";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { CatalogTable } from "./CatalogTable";
import { Metrics } from "./Metrics";

/** So many tables are shown at first; catalogs hold up to thousands. */
const TABLES_AT_ONCE = 50;

/** What a source holds, as far as the reader may know it. */
export function CatalogBrowser({ source }: { source: Source }) {
  const query = useCatalog(source.id);
  if (query.isError) {
    return <Notice action={<Button size="small" onClick={() => query.refetch()}>Try again</Button>}>{problemText(problemOf(query.error))}</Notice>;
  }
  if (query.isPending) return <Skeleton className="h-64 rounded-xl" />;
  return query.data === null ? <p className="text-ink-soft">The catalog isn’t there yet. Refresh the source to read its tables.</p> : <Shown source={source} catalog={query.data} />;
}

function Shown({ source, catalog }: { source: Source; catalog: Catalog }) {
  const mayManage = usePermission(Permission.MANAGE_SOURCES);
  const [words, setWords] = useState("");
  const [most, setMost] = useState(TABLES_AT_ONCE);
  const sought = useDeferredValue(words.trim().toLowerCase());
  const tables = useMemo(() => catalog.tables.filter((table) => sought === "" || isCalled(table, sought)), [catalog, sought]);
  const manySchemas = new Set(catalog.tables.map((table) => table.schema)).size > 1;
  const hidden = tables.length - most;
  return (
    <div className="grid gap-8">
      {catalog.notes.length > 0 && (
        <div className="grid gap-2" data-testid="catalog-notes">
          {catalog.notes.map((note) => (
            <Notice key={note} tone="neutral">
              {note}
            </Notice>
          ))}
        </div>
      )}
      {catalog.metrics.length > 0 && <Metrics metrics={catalog.metrics} />}
      <section aria-labelledby="tables">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <h2 id="tables" className="text-lg font-semibold">
            Tables <span className="font-normal text-ink-faint tabular-nums">{catalog.tables.length.toLocaleString("en-US")}</span>
          </h2>
          <Input type="search" className="max-w-64" placeholder="Find a table or column" aria-label="Find a table or column" value={words} onChange={(event) => setWords(event.target.value)} />
        </div>
        <p className="sr-only" role="status">
          {sought !== "" && `${tables.length} tables found`}
        </p>
        {tables.length === 0 && <p className="text-ink-soft">{catalog.tables.length === 0 ? "There is no table in it." : "Nothing is called that."}</p>}
        <div className="grid gap-2">
          {tables.slice(0, most).map((table) => (
            <CatalogTable
              key={`${table.schema}.${table.name}`}
              table={table}
              catalog={catalog}
              withSchema={manySchemas}
              mayEdit={mayManage}
              mayDrop={mayManage && source.configuration?.kind.case === "warehouse"}
            />
          ))}
        </div>
        {hidden > 0 && (
          <Button look="quiet" className="mt-3" onClick={() => setMost(most + 4 * TABLES_AT_ONCE)} data-testid="more-tables">
            Show more tables ({hidden.toLocaleString("en-US")})
          </Button>
        )}
      </section>
    </div>
  );
}

function isCalled(table: Table, sought: string): boolean {
  return [table.name, table.label, table.schema].some((name) => name.toLowerCase().includes(sought)) || table.columns.some((column) => column.name.toLowerCase().includes(sought) || column.label.toLowerCase().includes(sought));
}
