import { create } from "@bufbuild/protobuf";
import { useState, type SyntheticEvent } from "react";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { ModelRelationshipSchema, type ModelRelationship, type SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { isHome } from "./edits";
import { isWhole, withLink, type Link } from "./linking";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged, useSaveModel } from "./useModel";

interface Props {
  sourceId: string;
  catalog: Catalog;
  /** Absent for a new one. */
  link?: Link | undefined;
  model: SemanticModel;
  version: bigint;
  onClose: () => void;
}

/** A key between two tables: added, named, switched off, or left to the source again. */
export function LinkDialog({ sourceId, catalog, link, model, version, onClose }: Props) {
  const [key, setKey] = useState<ModelRelationship>(() => link?.draft ?? create(ModelRelationshipSchema));
  const save = useSaveModel(sourceId, version, onClose);
  const changed = useModelChanged(sourceId);
  const change = (fields: Partial<ModelRelationship>) => setKey({ ...key, ...fields });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // A key that isn't joined over plays no part, so it has no name for one.
    if (isWhole(key)) save.mutate(withLink(model, link?.said, key.switchedOff ? { ...key, name: "" } : { ...key, name: key.name.trim() }));
  };
  return (
    <Dialog open onClose={() => !save.isPending && onClose()} title={link ? "Key" : "A new key"}>
      <form onSubmit={submit} className="mt-4 grid gap-4" noValidate>
        {save.isError && <ModelProblem thrown={save.error} onReload={() => void changed().then(onClose)} />}
        {link ? (
          <p className="text-sm">
            <code className="font-mono wrap-anywhere">{link.text}</code>
          </p>
        ) : (
          <>
            <End legend="Each row of" catalog={catalog} schema={key.fromSchema} table={key.fromTable} column={key.fromColumn} testId="key-from" onChange={(schema, table, column) => change({ fromSchema: schema, fromTable: table, fromColumn: column })} />
            <End legend="Points to at most one row of" catalog={catalog} schema={key.toSchema} table={key.toTable} column={key.toColumn} testId="key-to" onChange={(schema, table, column) => change({ toSchema: schema, toTable: table, toColumn: column })} />
          </>
        )}
        {!key.switchedOff && (
          <Field label="The part that the other table plays" optional hint="Where there are several keys to it: “billing address”, “home team”.">
            {(control) => <Input {...control} maxLength={80} value={key.name} onChange={(event) => change({ name: event.target.value })} data-testid="key-name" />}
          </Field>
        )}
        {link && (
          <label className="flex w-fit items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-accent" checked={key.switchedOff} onChange={(event) => change({ switchedOff: event.target.checked })} data-testid="key-off" />
            Never join over it
          </label>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {link?.said && (
            <Button look="quiet-danger" className="mr-auto" disabled={save.isPending} onClick={() => save.mutate(withLink(model, link.said, undefined))} data-testid="remove-key">
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={!isWhole(key)} data-testid="save-key">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface EndProps {
  legend: string;
  catalog: Catalog;
  schema: string;
  table: string;
  column: string;
  testId: string;
  onChange: (schema: string, table: string, column: string) => void;
}

function End({ legend, catalog, schema, table, column, testId, onChange }: EndProps) {
  const written = (one: { schema: string; name: string }) => (isHome(catalog, one) ? "" : one.schema);
  const chosen = catalog.tables.find((one) => one.name === table && written(one) === schema);
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <Select
        aria-label={`${legend}: table`}
        value={chosen ? `${chosen.schema}.${chosen.name}` : ""}
        onChange={(event) => {
          const next = catalog.tables.find((one) => `${one.schema}.${one.name}` === event.target.value);
          onChange(next ? written(next) : "", next?.name ?? "", "");
        }}
        data-testid={`${testId}-table`}
      >
        <option value="">Choose a table</option>
        {catalog.tables.map((one) => (
          <option key={`${one.schema}.${one.name}`} value={`${one.schema}.${one.name}`}>
            {isHome(catalog, one) ? one.name : `${one.schema}.${one.name}`}
          </option>
        ))}
      </Select>
      <Select aria-label={`${legend}: column`} value={column} disabled={!chosen} onChange={(event) => onChange(schema, table, event.target.value)} data-testid={`${testId}-column`}>
        <option value="">Choose a column</option>
        {chosen?.columns.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </fieldset>
  );
}
