import { create } from "@bufbuild/protobuf";
import type { Catalog, Relationship, Table } from "@/gen/infinure/integration/v1/catalog_pb";
import { SynonymKind, SynonymTargetSchema, type SynonymTarget } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { datesOf } from "@/sources/meaning/edits";

/** A meaning while it is chosen, field by field; tables and relationships by their place in the catalog, "" for none yet. */
export interface Draft {
  kind: SynonymKind;
  table: string;
  column: string;
  value: string;
  metric: string;
  relationship: string;
}

/** What a person can teach, in the order in which it is offered. A choice comes of a clarification alone. */
export const TEACHABLE: [SynonymKind, string][] = [
  [SynonymKind.COLUMN, "a column"],
  [SynonymKind.VALUE, "a value in the data"],
  [SynonymKind.TABLE, "a table"],
  [SynonymKind.METRIC, "a metric"],
  [SynonymKind.RELATIONSHIP, "what one table is for another"],
  [SynonymKind.DATE, "the date that is meant"],
];

const COLUMNED = [SynonymKind.COLUMN, SynonymKind.VALUE, SynonymKind.DATE];

export const NEW_DRAFT: Draft = { kind: SynonymKind.COLUMN, table: "", column: "", value: "", metric: "", relationship: "" };

/** The kinds that the catalog has anything of. */
export function kindsFor(catalog: Catalog): [SynonymKind, string][] {
  return TEACHABLE.filter(([kind]) => {
    if (kind === SynonymKind.METRIC) return catalog.metrics.length > 0;
    if (kind === SynonymKind.RELATIONSHIP) return catalog.relationships.length > 0;
    return true;
  });
}

export function draftOf(target: SynonymTarget | undefined, catalog: Catalog): Draft {
  if (target === undefined || target.kind === SynonymKind.CHOICE) return NEW_DRAFT;
  const table = catalog.tables.findIndex(({ schema, name }) => schema === target.schema && name === target.table);
  const relationship = catalog.relationships.findIndex(
    (one) => one.fromSchema === target.schema && one.fromTable === target.table && one.fromColumns.join() === target.referenceColumns.join(),
  );
  const place = (index: number) => (index < 0 ? "" : String(index));
  return { kind: target.kind, table: place(table), column: target.column, value: target.value, metric: target.metric, relationship: place(relationship) };
}

/** What is meant; undefined as long as something is missing. */
export function targetOf({ kind, table, column, value, metric, relationship }: Draft, catalog: Catalog): SynonymTarget | undefined {
  if (kind === SynonymKind.METRIC) return metric === "" ? undefined : create(SynonymTargetSchema, { kind, metric });
  if (kind === SynonymKind.RELATIONSHIP) {
    const link = relationship === "" ? undefined : catalog.relationships[Number(relationship)];
    return link && create(SynonymTargetSchema, { kind, schema: link.fromSchema, table: link.fromTable, referenceColumns: link.fromColumns });
  }
  const chosen = tableOf(table, catalog);
  if (chosen === undefined || (COLUMNED.includes(kind) && column === "") || (kind === SynonymKind.VALUE && value.trim() === "")) return undefined;
  const target = create(SynonymTargetSchema, { kind, schema: chosen.schema, table: chosen.name });
  if (COLUMNED.includes(kind)) target.column = column;
  if (kind === SynonymKind.VALUE) target.value = value;
  return target;
}

export function tableOf(place: string, catalog: Catalog): Table | undefined {
  return place === "" ? undefined : catalog.tables[Number(place)];
}

/** The columns that a kind can be about. */
export function columnsFor(kind: SynonymKind, table: Table | undefined): string[] {
  if (table === undefined) return [];
  return kind === SynonymKind.DATE ? datesOf(table) : table.columns.map(({ name }) => name);
}

export function takesColumn(kind: SynonymKind): boolean {
  return COLUMNED.includes(kind);
}

/** "cities by origin_id of flights". */
export function relationshipText(link: Relationship): string {
  return `${link.toTable} by ${link.fromColumns.join(", ")} of ${link.fromTable}`;
}
