import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import type { MetricDefinition } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";

interface Props {
  metric: MetricDefinition;
  onChange: (fields: Partial<MetricDefinition>) => void;
}

const SQL = { className: "font-mono text-sm", maxLength: 1000, autoCapitalize: "off", spellCheck: false } as const;

/** A figure that is one metric divided by another. */
export function RatioFields({ metric, others, onChange }: Props & { others: MetricDefinition[] }) {
  return (["numerator", "denominator"] as const).map((part) => (
    <Field key={part} label={part === "numerator" ? "Divides" : "By"}>
      {(control) => (
        <Select {...control} value={metric[part]} onChange={(event) => onChange({ [part]: event.target.value })} data-testid={`metric-${part}`}>
          <option value="">Choose a metric</option>
          {others.map(({ name, label }) => (
            <option key={name} value={name}>
              {label || name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  ));
}

/** A figure that is computed over the rows of one table. */
export function AggregateFields({ metric, catalog, onChange }: Props & { catalog: Catalog }) {
  return (
    <>
      <Field label="Table">
        {(control) => (
          <Select
            {...control}
            value={metric.table === "" ? "" : `${metric.schema}.${metric.table}`}
            onChange={(event) => {
              const table = catalog.tables.find(({ schema, name }) => `${schema}.${name}` === event.target.value);
              onChange({ schema: table?.schema ?? "", table: table?.name ?? "" });
            }}
            data-testid="metric-table"
          >
            <option value="">Choose a table</option>
            {metric.table !== "" && metric.schema === "" && <option value={`.${metric.table}`}>{metric.table}</option>}
            {catalog.tables.map(({ schema, name, label }) => (
              <option key={`${schema}.${name}`} value={`${schema}.${name}`}>
                {label || name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Date that periods are cut by" optional hint="column, or table.column; else the table’s own date.">
        {(control) => <Input {...control} {...SQL} maxLength={200} value={metric.timeColumn} onChange={(event) => onChange({ timeColumn: event.target.value })} data-testid="metric-time" />}
      </Field>
      <Field label="Expression" hint="An aggregate over the table’s columns, such as sum(amount)." className="sm:col-span-2">
        {(control) => <Input {...control} {...SQL} value={metric.expression} onChange={(event) => onChange({ expression: event.target.value })} data-testid="metric-expression" />}
      </Field>
      <Field label="Only rows where" optional className="sm:col-span-2">
        {(control) => <Input {...control} {...SQL} value={metric.filter} onChange={(event) => onChange({ filter: event.target.value })} data-testid="metric-filter" />}
      </Field>
    </>
  );
}
