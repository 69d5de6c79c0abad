import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { CatalogSchema, RelationshipOrigin, TableSchema } from "@/gen/infinure/integration/v1/catalog_pb";
import { SourceSchema, TlsMode } from "@/gen/infinure/integration/v1/source_pb";
import { withDescription } from "./catalog-change";
import { keyLines } from "./keys";
import { addressOf, agoText, detailsOf, momentText, newestData } from "./source-text";

const catalog = create(CatalogSchema, {
  tables: [
    { schema: "main", name: "orders", latestTime: "2024-12-30 00:00:00", columns: [{ name: "id" }, { name: "customer_id" }] },
    { schema: "main", name: "visits", label: "Visits", latestTime: "2024-12-31T00:00:00Z" },
    { schema: "main", name: "customers" },
  ],
  relationships: [
    { fromSchema: "main", fromTable: "orders", fromColumns: ["customer_id"], toSchema: "main", toTable: "customers", toColumns: ["id"], origin: RelationshipOrigin.INFERRED, confidence: 0.925 },
    { fromSchema: "crm", fromTable: "calls", fromColumns: ["a", "b"], toSchema: "main", toTable: "orders", toColumns: ["a", "b"], origin: RelationshipOrigin.DECLARED, confidence: 1, name: "callback" },
  ],
});
const orders = create(TableSchema, catalog.tables[0]);

describe("a table's keys", () => {
  it("are lines that say what refers to what, and how sure that is", () => {
    expect(keyLines(orders, catalog)).toEqual([
      { text: "customer_id refers to customers.id", origin: "Inferred, 93% sure", certain: false },
      { text: "crm.calls.(a, b) refers to (a, b) as callback", origin: "Declared in the source", certain: true },
    ]);
  });
});

describe("a description", () => {
  it("changes at its one place", () => {
    const table = withDescription(catalog, { schema: "main", table: "orders", column: "" }, "A sale");
    expect(table.tables.map((one) => one.description)).toEqual(["A sale", "", ""]);
    const column = withDescription(catalog, { schema: "main", table: "orders", column: "id" }, "Its number");
    expect(column.tables[0]?.columns.map((one) => one.description)).toEqual(["Its number", ""]);
    expect(catalog.tables[0]?.description).toBe("");
  });
});

describe("freshness", () => {
  it("is the newest moment of any table", () => {
    expect(newestData(catalog)).toEqual({ time: "2024-12-31", table: "Visits" });
    expect(newestData(create(CatalogSchema))).toBeUndefined();
  });

  it.each([["2024-12-31 00:00:00", "2024-12-31"], ["2024-12-31T10:20:30.123456Z", "2024-12-31 10:20:30Z"], ["2024-12-31 00:00:00+00", "2024-12-31"], ["17.5", "17.5"]])("%s is shown as %s", (text, shown) => {
    expect(momentText(text)).toBe(shown);
  });

  it.each([[0, "just now"], [5 * 60_000, "5 minutes ago"], [3 * 3_600_000, "3 hours ago"], [3 * 86_400_000, "3 days ago"], [40 * 86_400_000, "on Nov 22, 2023"]])("of %d ms is %s", (age, text) => {
    const now = Date.UTC(2024, 0, 1, 12);
    expect(agoText(timestampFromMs(now - age), now)).toBe(text);
  });
});

describe("where a source is", () => {
  const over = (kind: Parameters<typeof create<typeof SourceSchema>>[1]) => create(SourceSchema, kind);
  it("is its server, or its files", () => {
    const clickhouse = over({ configuration: { kind: { case: "clickhouse", value: { host: "ch", database: "web", username: "u", tlsMode: TlsMode.REQUIRE } } } });
    expect(addressOf(clickhouse)).toBe("ClickHouse · web on ch:8443");
    expect(addressOf(over({ configuration: { kind: { case: "mysql", value: { host: "db", database: "shop", username: "u" } } } }))).toBe("MySQL or MariaDB · shop on db:3306");
    const files = over({ byteCount: 1500n, configuration: { kind: { case: "files", value: { fileNames: ["a", "b", "c", "d"] } } } });
    expect(addressOf(files)).toBe("Files · a, b, c and 1 more");
    expect(detailsOf(files)).toContainEqual(["Stored here", "1.5 kB"]);
  });
});
