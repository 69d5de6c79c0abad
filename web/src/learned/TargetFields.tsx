import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { SynonymKind } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { columnsFor, kindsFor, relationshipText, tableOf, takesColumn, type Draft } from "./target";

interface Props {
  catalog: Catalog;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** What words mean, chosen from the catalog. */
export function TargetFields({ catalog, draft, onChange }: Props) {
  const { kind } = draft;
  const table = tableOf(draft.table, catalog);
  const tabled = kind !== SynonymKind.METRIC && kind !== SynonymKind.RELATIONSHIP;
  const severalSchemas = new Set(catalog.tables.map(({ schema }) => schema)).size > 1;
  const samples = table?.columns.find(({ name }) => name === draft.column)?.sampleValues ?? [];
  return (
    <>
      <Field label="They mean">
        {(control) => (
          <Select {...control} value={String(kind)} onChange={(event) => onChange({ ...draft, kind: Number(event.target.value), column: "", value: "" })} data-testid="word-kind">
            {kindsFor(catalog).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {tabled && (
        <Field label="Table" hint={kind === SynonymKind.DATE ? "Questions about it mean this date where they name none." : undefined}>
          {(control) => (
            <Select {...control} value={draft.table} onChange={(event) => onChange({ ...draft, table: event.target.value, column: "", value: "" })} data-testid="word-table">
              <option value="">Choose a table</option>
              {catalog.tables.map((one, place) => (
                <option key={`${one.schema}.${one.name}`} value={place}>
                  {severalSchemas ? `${one.schema}.${one.name}` : one.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {takesColumn(kind) && (
        <Field label="Column">
          {(control) => (
            <Select {...control} value={draft.column} disabled={table === undefined} onChange={(event) => onChange({ ...draft, column: event.target.value, value: "" })} data-testid="word-column">
              <option value="">{table === undefined ? "Choose a table first" : "Choose a column"}</option>
              {columnsFor(kind, table).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {kind === SynonymKind.VALUE && (
        <Field label="Value" hint="As it is stored, letter for letter.">
          {(control) => (
            <>
              <Input {...control} maxLength={1000} list={`${control.id}-values`} value={draft.value} onChange={(event) => onChange({ ...draft, value: event.target.value })} data-testid="word-value" />
              <datalist id={`${control.id}-values`}>
                {samples.map((value) => (
                  <option key={value} value={value} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      {kind === SynonymKind.METRIC && (
        <Field label="Metric">
          {(control) => (
            <Select {...control} value={draft.metric} onChange={(event) => onChange({ ...draft, metric: event.target.value })} data-testid="word-metric">
              <option value="">Choose a metric</option>
              {catalog.metrics.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label || name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {kind === SynonymKind.RELATIONSHIP && (
        <Field label="What it is">
          {(control) => (
            <Select {...control} value={draft.relationship} onChange={(event) => onChange({ ...draft, relationship: event.target.value })} data-testid="word-relationship">
              <option value="">Choose one</option>
              {catalog.relationships.map((link, place) => (
                <option key={relationshipText(link)} value={place}>
                  {relationshipText(link)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  );
}
