import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { CatalogSchema, ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { SynonymKind, SynonymTargetSchema } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { NEW_DRAFT, columnsFor, draftOf, kindsFor, targetOf } from "./target";

const catalog = create(CatalogSchema, {
  tables: [
    { schema: "ward", name: "doctors", columns: [{ name: "full_name", type: ColumnType.TEXT }] },
    { schema: "ward", name: "visits", columns: [{ name: "visited_on", type: ColumnType.DATE }, { name: "outcome", type: ColumnType.TEXT }] },
  ],
  relationships: [{ fromSchema: "ward", fromTable: "visits", fromColumns: ["doctor_id"], toSchema: "ward", toTable: "doctors", toColumns: ["doctor_id"] }],
});

describe("what a word means", () => {
  it.each([
    { kind: SynonymKind.TABLE, schema: "ward", table: "visits" },
    { kind: SynonymKind.COLUMN, schema: "ward", table: "visits", column: "outcome" },
    { kind: SynonymKind.VALUE, schema: "ward", table: "visits", column: "outcome", value: "referred" },
    { kind: SynonymKind.DATE, schema: "ward", table: "visits", column: "visited_on" },
    { kind: SynonymKind.METRIC, metric: "fees" },
    { kind: SynonymKind.RELATIONSHIP, schema: "ward", table: "visits", referenceColumns: ["doctor_id"] },
  ])("is the same after it was looked at: %o", (fields) => {
    const target = create(SynonymTargetSchema, fields);
    expect(targetOf(draftOf(target, catalog), catalog)).toEqual(target);
  });

  it("is missing as long as something of it isn't chosen", () => {
    expect(targetOf(NEW_DRAFT, catalog)).toBeUndefined();
    expect(targetOf({ ...NEW_DRAFT, table: "1" }, catalog)).toBeUndefined();
    expect(targetOf({ ...NEW_DRAFT, kind: SynonymKind.VALUE, table: "1", column: "outcome", value: " " }, catalog)).toBeUndefined();
    expect(targetOf({ ...NEW_DRAFT, kind: SynonymKind.METRIC }, catalog)).toBeUndefined();
    expect(targetOf({ ...NEW_DRAFT, kind: SynonymKind.RELATIONSHIP }, catalog)).toBeUndefined();
  });

  it("leaves out what belongs to another kind", () => {
    const draft = { ...NEW_DRAFT, kind: SynonymKind.TABLE, table: "0", column: "full_name", value: "Ines" };
    expect(targetOf(draft, catalog)).toEqual(create(SynonymTargetSchema, { kind: SynonymKind.TABLE, schema: "ward", table: "doctors" }));
  });

  it("is chosen anew where the catalog no longer has it, or where it was a choice", () => {
    expect(draftOf(create(SynonymTargetSchema, { kind: SynonymKind.TABLE, schema: "ward", table: "beds" }), catalog).table).toBe("");
    expect(draftOf(create(SynonymTargetSchema, { kind: SynonymKind.CHOICE, choice: "x" }), catalog)).toEqual(NEW_DRAFT);
  });
});

describe("what is offered", () => {
  it("is only what the catalog has", () => {
    const kinds = kindsFor(catalog).map(([kind]) => kind);
    expect(kinds).toContain(SynonymKind.RELATIONSHIP);
    expect(kinds).not.toContain(SynonymKind.METRIC);
  });

  it("as a date is dates alone", () => {
    expect(columnsFor(SynonymKind.DATE, catalog.tables[1])).toEqual(["visited_on"]);
    expect(columnsFor(SynonymKind.COLUMN, catalog.tables[1])).toEqual(["visited_on", "outcome"]);
    expect(columnsFor(SynonymKind.COLUMN, undefined)).toEqual([]);
  });
});
