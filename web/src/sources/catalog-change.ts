import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";

/** A table, or a column of it; the column is empty for the table itself. */
export interface Entry {
  schema: string;
  table: string;
  column: string;
}

/** The catalog with another description at one place. */
export function withDescription(catalog: Catalog, { schema, table, column }: Entry, description: string): Catalog {
  const tables = catalog.tables.map((one) => {
    if (one.schema !== schema || one.name !== table) return one;
    if (column === "") return { ...one, description };
    return { ...one, columns: one.columns.map((other) => (other.name === column ? { ...other, description } : other)) };
  });
  return { ...catalog, tables };
}
