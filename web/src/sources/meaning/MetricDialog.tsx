import { create } from "@bufbuild/protobuf";
import { useState, type SyntheticEvent } from "react";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { MetricDefinitionSchema, MetricDirection, type MetricDefinition, type SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { METRIC_NAME, textOf, withMetric, withoutMetric, wordsOf } from "./edits";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged, useSaveModel } from "./useModel";

interface Props {
  sourceId: string;
  catalog: Catalog;
  /** Absent for a new one. */
  metric?: MetricDefinition | undefined;
  model: SemanticModel;
  version: bigint;
  onClose: () => void;
}

const FORM = "metric";

/** A figure with a name: changed, added or removed. */
export function MetricDialog({ sourceId, catalog, metric: given, model, version, onClose }: Props) {
  const [metric, setMetric] = useState(() => given ?? create(MetricDefinitionSchema));
  const [synonyms, setSynonyms] = useState(textOf(metric.synonyms));
  const save = useSaveModel(sourceId, version, onClose);
  const changed = useModelChanged(sourceId);
  const isRatio = metric.numerator !== "";
  const taken = metric.name !== given?.name && model.metrics.some(({ name }) => name === metric.name);
  const nameWrong = metric.name !== "" && !METRIC_NAME.test(metric.name);
  const complete = metric.name !== "" && !nameWrong && !taken && (isRatio || (metric.table !== "" && metric.expression.trim() !== ""));
  const change = (fields: Partial<MetricDefinition>) => setMetric({ ...metric, ...fields });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete) save.mutate(withMetric(model, given?.name, { ...metric, synonyms: wordsOf(synonyms) }));
  };
  const others = model.metrics.filter(({ name, numerator }) => numerator === "" && name !== given?.name);
  return (
    <WideDialog
      open
      onClose={() => !save.isPending && onClose()}
      title={given ? given.label || given.name : "A new metric"}
      foot={
        <div className="flex flex-wrap justify-end gap-2">
          {given && (
            <Button look="quiet-danger" className="mr-auto" disabled={save.isPending} onClick={() => save.mutate(withoutMetric(model, given.name))}>
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={save.isPending} disabled={!complete} data-testid="save-metric">
            Save
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {save.isError && (
          <div className="sm:col-span-2">
            <ModelProblem thrown={save.error} onReload={() => void changed().then(onClose)} />
          </div>
        )}
        <Field label="Key" hint="Small letters, digits and underscores." error={nameWrong ? "Small letters, digits and underscores, a letter first." : taken ? "There is a metric of this key." : undefined}>
          {(control) => <Input {...control} autoFocus className="font-mono" maxLength={63} autoCapitalize="off" spellCheck={false} value={metric.name} onChange={(event) => change({ name: event.target.value })} data-testid="metric-name" />}
        </Field>
        <Field label="Name for people" optional>
          {(control) => <Input {...control} maxLength={80} value={metric.label} onChange={(event) => change({ label: event.target.value })} />}
        </Field>
        <Field label="Other words for it" optional hint="Parted by commas." className="sm:col-span-2">
          {(control) => <Input {...control} value={synonyms} onChange={(event) => setSynonyms(event.target.value)} />}
        </Field>
        {isRatio ? (
          (["numerator", "denominator"] as const).map((part) => (
            <Field key={part} label={part === "numerator" ? "Divides" : "By"}>
              {(control) => (
                <Select {...control} value={metric[part]} onChange={(event) => change({ [part]: event.target.value })}>
                  {others.map(({ name, label }) => (
                    <option key={name} value={name}>
                      {label || name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ))
        ) : (
          <>
            <Field label="Table">
              {(control) => (
                <Select
                  {...control}
                  value={metric.table === "" ? "" : `${metric.schema}.${metric.table}`}
                  onChange={(event) => {
                    const table = catalog.tables.find(({ schema, name }) => `${schema}.${name}` === event.target.value);
                    change({ schema: table?.schema ?? "", table: table?.name ?? "" });
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
            <Field label="Which way is good">
              {(control) => (
                <Select {...control} value={metric.direction} onChange={(event) => change({ direction: Number(event.target.value) })}>
                  <option value={MetricDirection.NEUTRAL}>Neither</option>
                  <option value={MetricDirection.HIGHER_IS_BETTER}>Up</option>
                  <option value={MetricDirection.LOWER_IS_BETTER}>Down</option>
                </Select>
              )}
            </Field>
            <Field label="Expression" hint="An aggregate over the table’s columns, such as sum(amount)." className="sm:col-span-2">
              {(control) => (
                <Input {...control} className="font-mono text-sm" maxLength={1000} autoCapitalize="off" spellCheck={false} value={metric.expression} onChange={(event) => change({ expression: event.target.value })} data-testid="metric-expression" />
              )}
            </Field>
            <Field label="Only rows where" optional className="sm:col-span-2">
              {(control) => <Input {...control} className="font-mono text-sm" maxLength={1000} autoCapitalize="off" spellCheck={false} value={metric.filter} onChange={(event) => change({ filter: event.target.value })} />}
            </Field>
          </>
        )}
      </form>
    </WideDialog>
  );
}
