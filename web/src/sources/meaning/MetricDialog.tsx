import { create } from "@bufbuild/protobuf";
import { useState, type SyntheticEvent } from "react";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { MetricDefinitionSchema, MetricDirection, type MetricDefinition, type SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select, TextArea } from "@/ui/Input";
import { Radio } from "@/ui/Radio";
import { METRIC_NAME, ofKind, textOf, withMetric, withoutMetric, wordsOf } from "./edits";
import { AggregateFields, RatioFields } from "./MetricDefinitionFields";
import { MetricStyle } from "./MetricStyle";
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
  const [isRatio, setRatio] = useState(metric.numerator !== "");
  const taken = metric.name !== given?.name && model.metrics.some(({ name }) => name === metric.name);
  const nameWrong = metric.name !== "" && !METRIC_NAME.test(metric.name);
  const complete = metric.name !== "" && !nameWrong && !taken && (isRatio ? metric.numerator !== "" && metric.denominator !== "" : metric.table !== "" && metric.expression.trim() !== "");
  const change = (fields: Partial<MetricDefinition>) => setMetric({ ...metric, ...fields });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete) save.mutate(withMetric(model, given?.name, ofKind({ ...metric, synonyms: wordsOf(synonyms) }, isRatio)));
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
        <Field label="Description" optional hint="What counts, and what doesn’t." className="sm:col-span-2">
          {(control) => <TextArea {...control} rows={2} maxLength={1000} value={metric.description} onChange={(event) => change({ description: event.target.value })} data-testid="metric-description" />}
        </Field>
        {others.length > 1 && (
          <div className="flex flex-wrap gap-x-6 text-sm sm:col-span-2" role="radiogroup" aria-label="Kind of metric">
            <Radio name="kind" checked={!isRatio} onChoose={() => setRatio(false)}>
              Over the rows of a table
            </Radio>
            <Radio name="kind" checked={isRatio} onChoose={() => setRatio(true)}>
              One metric divided by another
            </Radio>
          </div>
        )}
        {isRatio ? <RatioFields metric={metric} others={others} onChange={change} /> : <AggregateFields metric={metric} catalog={catalog} onChange={change} />}
        <MetricStyle style={metric.style} currency={model.currency} onChange={(style) => setMetric({ ...metric, style })} />
        <Field label="Which way is good">
          {(control) => (
            <Select {...control} value={metric.direction || MetricDirection.NEUTRAL} onChange={(event) => change({ direction: Number(event.target.value) })}>
              <option value={MetricDirection.NEUTRAL}>Neither</option>
              <option value={MetricDirection.HIGHER_IS_BETTER}>Up</option>
              <option value={MetricDirection.LOWER_IS_BETTER}>Down</option>
            </Select>
          )}
        </Field>
      </form>
    </WideDialog>
  );
}
