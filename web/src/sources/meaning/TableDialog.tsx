import { useState, type SyntheticEvent } from "react";
import type { Catalog, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import type { SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { columnOf, datesOf, meaningOf, textOf, withColumn, withTable, wordsOf } from "./edits";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged, useSaveModel } from "./useModel";

interface Props {
  sourceId: string;
  catalog: Catalog;
  table: Table;
  model: SemanticModel;
  version: bigint;
  onClose: () => void;
}

const FORM = "table-meaning";
const COLUMNS_AT_ONCE = 100;

/** What one table means: its name for people, other words, its date, and its columns' words. */
export function TableDialog({ sourceId, catalog, table, model, version, onClose }: Props) {
  const [meaning, setMeaning] = useState(() => meaningOf(model, catalog, table));
  const [synonyms, setSynonyms] = useState(textOf(meaning.synonyms));
  // What was typed for columns, until it is saved.
  const [words, setWords] = useState<Record<string, string>>({});
  const [said] = useState(meaning);
  const [most, setMost] = useState(COLUMNS_AT_ONCE);
  const save = useSaveModel(sourceId, version, onClose);
  const changed = useModelChanged(sourceId);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const columns = Object.entries(words).reduce((known, [name, text]) => withColumn(known, name, { synonyms: wordsOf(text) }), meaning);
    save.mutate(withTable(model, { ...columns, synonyms: wordsOf(synonyms) }));
  };
  return (
    <WideDialog
      open
      onClose={() => !save.isPending && onClose()}
      title={`What ${table.label || table.name} means`}
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={save.isPending} data-testid="save-table-meaning">
            Save
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4" noValidate>
        {save.isError && <ModelProblem thrown={save.error} onReload={() => void changed().then(onClose)} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name for people" optional>
            {(control) => <Input {...control} autoFocus maxLength={80} placeholder={table.label || table.name} value={meaning.label} onChange={(event) => setMeaning({ ...meaning, label: event.target.value })} />}
          </Field>
          <Field label="Date that “last month” means" optional>
            {(control) => (
              <Select {...control} value={meaning.timeColumn} onChange={(event) => setMeaning({ ...meaning, timeColumn: event.target.value })} data-testid="default-date">
                <option value="">{said.timeColumn !== "" ? "As found in the source" : table.defaultTimeColumn === "" ? "None" : `As found: ${table.defaultTimeColumn}`}</option>
                {datesOf(table).map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field label="Other words for it" optional hint="Parted by commas.">
          {(control) => <Input {...control} value={synonyms} onChange={(event) => setSynonyms(event.target.value)} data-testid="table-synonyms" />}
        </Field>
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-medium">Columns</legend>
          {table.columns.slice(0, most).map(({ name }) => {
            const column = columnOf(meaning, name);
            return (
              <div key={name} className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto]">
                <code className="font-mono text-sm wrap-anywhere">{name}</code>
                <Input
                  aria-label={`Other words for ${name}`}
                  placeholder="Other words, parted by commas"
                  value={words[name] ?? textOf(column.synonyms)}
                  onChange={(event) => setWords({ ...words, [name]: event.target.value })}
                />
                <label className="flex w-fit items-center gap-2 text-sm">
                  <input type="checkbox" className="size-4 accent-accent" checked={column.hidden} onChange={(event) => setMeaning(withColumn(meaning, name, { hidden: event.target.checked }))} />
                  Not shown unasked
                </label>
              </div>
            );
          })}
          {table.columns.length > most && (
            <Button look="quiet" size="small" className="justify-self-start" onClick={() => setMost(most + 5 * COLUMNS_AT_ONCE)}>
              Show more columns ({(table.columns.length - most).toLocaleString("en-US")})
            </Button>
          )}
        </fieldset>
      </form>
    </WideDialog>
  );
}
