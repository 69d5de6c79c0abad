import { clone, create } from "@bufbuild/protobuf";
import { RelationshipOrigin, type Catalog, type Relationship } from "@/gen/infinure/integration/v1/catalog_pb";
import { ModelRelationshipSchema, SemanticModelSchema, type ModelRelationship, type SemanticModel } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { isHome } from "./edits";

/** A key that questions may be joined over: the source's own, found in its data, or said by the model. */
export interface Link {
  /** From what to what, as a line. */
  text: string;
  name: string;
  origin: string;
  /** It isn't joined over. */
  off: boolean;
  /** What the model says of it. */
  said: ModelRelationship | undefined;
  /** What the model would have to say to change it; absent where it can't: keys of several columns. */
  draft: ModelRelationship | undefined;
}

/** Every key, those that the model speaks of first. */
export function linksOf(model: SemanticModel, catalog: Catalog): Link[] {
  const said = model.relationships.map((one) => ({ one, ends: endsOf(one, catalog) }));
  const own = catalog.relationships.filter(({ origin }) => origin !== RelationshipOrigin.MODEL);
  const known = new Map(own.map((key) => [endsOf(draftOf(key), catalog), key]));
  const spoken = said.map(({ one, ends }): Link => {
    const key = known.get(ends);
    const origin = key ? originOf(key) : one.switchedOff ? "The source’s own" : "Said here";
    return { text: textOf(one), name: one.name, origin, off: one.switchedOff, said: one, draft: one };
  });
  const spokenOf = new Set(said.map(({ ends }) => ends));
  const unspoken = own
    .filter((key) => !spokenOf.has(endsOf(draftOf(key), catalog)))
    .map((key): Link => {
      const single = key.fromColumns.length === 1;
      return { text: textOf(draftOf(key)), name: key.name, origin: originOf(key), off: false, said: undefined, draft: single ? short(draftOf(key), catalog) : undefined };
    });
  return [...spoken, ...unspoken];
}

/** The model with `after` in the place of what it said before of a key; either may be absent. */
export function withLink(model: SemanticModel, before: ModelRelationship | undefined, after: ModelRelationship | undefined): SemanticModel {
  const changed = clone(SemanticModelSchema, model);
  const place = before === undefined ? -1 : model.relationships.indexOf(before);
  if (place >= 0) changed.relationships.splice(place, 1, ...(after ? [after] : []));
  else if (after) changed.relationships.push(after);
  return changed;
}

/** Whether the two ends of a new key are chosen, and aren't one and the same column. */
export function isWhole(key: ModelRelationship): boolean {
  const { fromTable, fromColumn, toTable, toColumn } = key;
  const same = key.fromSchema === key.toSchema && fromTable === toTable && fromColumn === toColumn;
  return [fromTable, fromColumn, toTable, toColumn].every((part) => part !== "") && !same;
}

function originOf({ origin, confidence }: Relationship): string {
  return origin === RelationshipOrigin.DECLARED ? "Declared in the source" : `Inferred, ${Math.round(confidence * 100)}% sure`;
}

function draftOf(key: Relationship): ModelRelationship {
  const columns = (names: string[]) => (names.length === 1 ? (names[0] ?? "") : `(${names.join(", ")})`);
  return create(ModelRelationshipSchema, {
    fromSchema: key.fromSchema,
    fromTable: key.fromTable,
    fromColumn: columns(key.fromColumns),
    toSchema: key.toSchema,
    toTable: key.toTable,
    toColumn: columns(key.toColumns),
    name: key.name,
  });
}

/** Without the schemas that needn't be written. */
function short(key: ModelRelationship, catalog: Catalog): ModelRelationship {
  const schemaOf = (schema: string, name: string) => (isHome(catalog, { schema, name }) ? "" : schema);
  return { ...key, fromSchema: schemaOf(key.fromSchema, key.fromTable), toSchema: schemaOf(key.toSchema, key.toTable) };
}

function endsOf(key: ModelRelationship, catalog: Catalog): string {
  const schemaOf = (schema: string, table: string) => (schema === "" ? (catalog.tables.find((one) => one.name === table && isHome(catalog, one))?.schema ?? "") : schema);
  return JSON.stringify([schemaOf(key.fromSchema, key.fromTable), key.fromTable, key.fromColumn, schemaOf(key.toSchema, key.toTable), key.toTable, key.toColumn]);
}

function textOf(key: ModelRelationship): string {
  const table = (schema: string, name: string) => (schema === "" || schema === "public" ? name : `${schema}.${name}`);
  return `${table(key.fromSchema, key.fromTable)}.${key.fromColumn} → ${table(key.toSchema, key.toTable)}.${key.toColumn}`;
}
