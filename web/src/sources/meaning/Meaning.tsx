import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { useCatalog } from "@/chat/queries";
import type { Catalog, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import type { MetricDefinition, SemanticModel, StaleEntry } from "@/gen/infinure/integration/v1/semantic_model_pb";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { calendarText } from "./calendar";
import { CalendarDialog } from "./CalendarDialog";
import { DraftDialog } from "./DraftDialog";
import { isEmpty, meaningOf, summaryOf } from "./edits";
import { LinkDialog } from "./LinkDialog";
import type { Link } from "./linking";
import { Links } from "./Links";
import { MetricDialog } from "./MetricDialog";
import { TableDialog } from "./TableDialog";
import { useModel } from "./useModel";
import { VersionsDialog } from "./VersionsDialog";
import { YamlDialog } from "./YamlDialog";

const TABLES_AT_ONCE = 12;

type Open = { kind: "table"; table: Table } | { kind: "metric"; metric?: MetricDefinition } | { kind: "link"; link?: Link } | { kind: "calendar" } | { kind: "draft" } | { kind: "yaml" } | { kind: "versions" };

/** What a source's data means to the people who ask, for who may say so. */
export function Meaning({ source }: { source: Source }) {
  const query = useModel(source.id);
  const catalog = useCatalog(source.id).data;
  return (
    <section aria-labelledby="meaning" className="mt-8" data-testid="meaning">
      <h2 id="meaning" className="mb-3 text-lg font-semibold">
        Meaning
      </h2>
      {query.isError && <Notice action={<Button size="small" onClick={() => query.refetch()}>Try again</Button>}>{problemText(problemOf(query.error))}</Notice>}
      {query.isPending && <Skeleton className="h-24 rounded-xl" />}
      {query.data?.model && catalog && <Shown source={source} catalog={catalog} model={query.data.model} version={query.data.version?.number ?? 0n} stale={query.data.stale} />}
    </section>
  );
}

interface Props {
  source: Source;
  catalog: Catalog;
  model: SemanticModel;
  version: bigint;
  stale: StaleEntry[];
}

function Shown({ source, catalog, model, version, stale }: Props) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const shared = { sourceId: source.id, catalog, model, version, onClose: close };
  return (
    <Card className="grid gap-4 p-5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-48 flex-1 text-ink-soft">
          {isEmpty(model) ? "Nothing is said of this data yet: questions are read against its own names. Let a draft be made of its catalog, or bring a model as YAML." : "The words, dates and figures that questions are read by."}
        </p>
        <Button size="small" look={isEmpty(model) ? "primary" : "secondary"} onClick={() => setOpen({ kind: "draft" })} data-testid="draft-model">
          Draft
        </Button>
        <Button size="small" onClick={() => setOpen({ kind: "yaml" })} data-testid="edit-yaml">
          YAML
        </Button>
        {version > 0n && (
          <Button size="small" onClick={() => setOpen({ kind: "versions" })} data-testid="model-versions">
            Versions
          </Button>
        )}
      </div>
      {stale.length > 0 && (
        <Notice tone="warning">
          <p>The source no longer has what these are about. They are kept, and take no part in answers:</p>
          <ul className="mt-1 list-disc pl-5" data-testid="stale">
            {stale.map(({ path, message }) => (
              <li key={`${path} ${message}`} className="wrap-anywhere">
                <code className="font-mono text-xs">{path}</code>: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">Calendar</h3>
        <span className="text-ink-soft">{calendarText(model)}</span>
        <Button size="small" look="quiet" onClick={() => setOpen({ kind: "calendar" })} aria-label="Say when weeks and fiscal years begin" data-testid="edit-calendar">
          Edit
        </Button>
      </div>
      <Metrics model={model} onOpen={(metric) => setOpen(metric ? { kind: "metric", metric } : { kind: "metric" })} />
      <Links catalog={catalog} model={model} onOpen={(link) => setOpen(link ? { kind: "link", link } : { kind: "link" })} />
      <Tables catalog={catalog} model={model} onOpen={(table) => setOpen({ kind: "table", table })} />
      {open?.kind === "table" && <TableDialog {...shared} table={open.table} />}
      {open?.kind === "metric" && <MetricDialog {...shared} metric={open.metric} />}
      {open?.kind === "link" && <LinkDialog {...shared} link={open.link} />}
      {open?.kind === "calendar" && <CalendarDialog sourceId={source.id} model={model} version={version} onClose={close} />}
      {open?.kind === "draft" && <DraftDialog sourceId={source.id} onClose={close} />}
      {open?.kind === "yaml" && <Yaml source={source} onClose={close} />}
      {open?.kind === "versions" && <VersionsDialog sourceId={source.id} version={version} onClose={close} />}
    </Card>
  );
}

function Metrics({ model, onOpen }: { model: SemanticModel; onOpen: (metric?: MetricDefinition) => void }) {
  return (
    <div>
      <h3 className="mb-1.5 font-medium">Metrics</h3>
      <ul className="flex flex-wrap gap-2">
        {model.metrics.map((metric) => (
          <li key={metric.name}>
            <Button size="small" onClick={() => onOpen(metric)} title={metric.expression || `${metric.numerator} / ${metric.denominator}`} data-testid="edit-metric">
              {metric.label || metric.name}
            </Button>
          </li>
        ))}
        <li>
          <Button size="small" look="quiet" onClick={() => onOpen()} data-testid="add-metric">
            Add a metric
          </Button>
        </li>
      </ul>
    </div>
  );
}

function Tables({ catalog, model, onOpen }: { catalog: Catalog; model: SemanticModel; onOpen: (table: Table) => void }) {
  const [words, setWords] = useState("");
  const [most, setMost] = useState(TABLES_AT_ONCE);
  const sought = words.trim().toLowerCase();
  const lines = useMemo(
    () => catalog.tables.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(sought)).map((table) => ({ table, said: summaryOf(meaningOf(model, catalog, table)) })),
    [catalog, model, sought],
  );
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-medium">Tables</h3>
        {catalog.tables.length > TABLES_AT_ONCE && <Input type="search" className="max-w-56" placeholder="Find a table" aria-label="Find a table to describe" value={words} onChange={(event) => setWords(event.target.value)} />}
      </div>
      <ul className="grid divide-y divide-line">
        {lines.slice(0, most).map(({ table, said }) => (
          <li key={`${table.schema}.${table.name}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
            <span className="min-w-32 font-medium wrap-anywhere">{table.label || table.name}</span>
            <span className="min-w-32 flex-1 wrap-anywhere text-ink-soft">{said}</span>
            <Button size="small" look="quiet" onClick={() => onOpen(table)} aria-label={`Say what ${table.label || table.name} means`} data-testid="edit-table-meaning">
              Edit
            </Button>
          </li>
        ))}
      </ul>
      {lines.length > most && (
        <Button look="quiet" size="small" className="mt-2" onClick={() => setMost(most + 4 * TABLES_AT_ONCE)}>
          Show more tables ({(lines.length - most).toLocaleString("en-US")})
        </Button>
      )}
    </div>
  );
}

function Yaml({ source, onClose }: { source: Source; onClose: () => void }) {
  const { models } = useApp().clients;
  const query = useQuery({
    queryKey: ["model-yaml", source.id],
    queryFn: ({ signal }) => models.exportSemanticModel({ sourceId: source.id }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.isError) return <Notice alert action={<Button size="small" onClick={onClose}>Close</Button>}>{problemText(problemOf(query.error))}</Notice>;
  if (query.data === undefined) return <p role="status">Loading the YAML</p>;
  return <YamlDialog sourceId={source.id} yaml={query.data.yaml} version={query.data.version?.number ?? 0n} fileName={`${source.name.replace(/[^\w-]+/g, "-")}.yaml`} onClose={onClose} />;
}
