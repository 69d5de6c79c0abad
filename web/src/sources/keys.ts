import { RelationshipOrigin, type Catalog, type Relationship, type Table } from "@/gen/infinure/integration/v1/catalog_pb";

/** A key as a line: what refers to what, and how that is known. */
export interface KeyLine {
  text: string;
  origin: string;
  /** False for what was only concluded from the data. */
  certain: boolean;
}

export function keysOf(table: Table): { outgoing: (key: Relationship) => boolean; incoming: (key: Relationship) => boolean } {
  return {
    outgoing: (key) => key.fromSchema === table.schema && key.fromTable === table.name,
    incoming: (key) => key.toSchema === table.schema && key.toTable === table.name,
  };
}

/** Every key of a table, its own first. */
export function keyLines(table: Table, catalog: Catalog): KeyLine[] {
  const { outgoing, incoming } = keysOf(table);
  const schemaOf = (schema: string) => (schema === table.schema ? "" : `${schema}.`);
  const own = catalog.relationships.filter(outgoing).map((key): KeyLine => ({
    text: `${columns(key.fromColumns)} refers to ${schemaOf(key.toSchema)}${key.toTable}.${columns(key.toColumns)}${roleOf(key)}`,
    ...knownFrom(key),
  }));
  const others = catalog.relationships.filter(incoming).map((key): KeyLine => ({
    text: `${schemaOf(key.fromSchema)}${key.fromTable}.${columns(key.fromColumns)} refers to ${columns(key.toColumns)}${roleOf(key)}`,
    ...knownFrom(key),
  }));
  return [...own, ...others];
}

function columns(names: string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `(${names.join(", ")})`;
}

function roleOf({ name }: Relationship): string {
  return name === "" ? "" : ` as ${name}`;
}

function knownFrom({ origin, confidence }: Relationship): Pick<KeyLine, "origin" | "certain"> {
  switch (origin) {
    case RelationshipOrigin.DECLARED:
      return { origin: "Declared in the source", certain: true };
    case RelationshipOrigin.MODEL:
      return { origin: "From the semantic model", certain: true };
    default:
      return { origin: `Inferred, ${Math.round(confidence * 100)}% sure`, certain: false };
  }
}
