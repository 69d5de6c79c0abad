import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { Button } from "@/ui/Button";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { CatalogTable } from "./CatalogTable";
import { Metrics } from "./Metrics";

/** What a source holds, as far as the reader may know it. */
export function CatalogBrowser({ sourceId }: { sourceId: string }) {
  const { catalog } = useApp().clients;
  const query = useQuery({
    queryKey: ["catalog", sourceId],
    queryFn: async ({ signal }) => (await catalog.getCatalog({ sourceId }, { signal })).catalog ?? null,
  });
  if (query.isError) {
    return <Notice action={<Button size="small" onClick={() => query.refetch()}>Try again</Button>}>{problemText(problemOf(query.error))}</Notice>;
  }
  if (query.isPending) return <Skeleton className="h-64 rounded-xl" />;
  return query.data === null ? <p className="text-ink-soft">The catalog isn’t there yet.</p> : <Shown catalog={query.data} />;
}

function Shown({ catalog }: { catalog: Catalog }) {
  const [words, setWords] = useState("");
  const sought = words.trim().toLowerCase();
  const tables = catalog.tables.filter(
    (table) => sought === "" || [table.name, table.label, table.schema, ...table.columns.flatMap((column) => [column.name, column.label])].some((name) => name.toLowerCase().includes(sought)),
  );
  const manySchemas = new Set(catalog.tables.map((table) => table.schema)).size > 1;
  return (
    <div className="grid gap-8">
      {catalog.metrics.length > 0 && <Metrics metrics={catalog.metrics} />}
      <section aria-labelledby="tables">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <h2 id="tables" className="text-lg font-semibold">
            Tables <span className="font-normal text-ink-faint tabular-nums">{catalog.tables.length}</span>
          </h2>
          <Input type="search" className="max-w-64" placeholder="Find a table or column" aria-label="Find a table or column" value={words} onChange={(event) => setWords(event.target.value)} />
        </div>
        {tables.length === 0 && <p className="text-ink-soft">Nothing is called that.</p>}
        <div className="grid gap-2">
          {tables.map((table) => (
            <CatalogTable key={`${table.schema}.${table.name}`} table={table} catalog={catalog} withSchema={manySchemas} />
          ))}
        </div>
      </section>
    </div>
  );
}
