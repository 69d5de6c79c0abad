import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { CatalogSchema, ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { MetricDefinitionSchema, SemanticModelSchema, TableMeaningSchema } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { columnOf, datesOf, isEmpty, meaningOf, ofKind, summaryOf, withColumn, withMetric, withoutMetric, withTable, wordsOf } from "./edits";

const catalog = create(CatalogSchema, {
  dialect: "postgres",
  tables: [
    { schema: "public", name: "visits", columns: [{ name: "id", type: ColumnType.INTEGER }, { name: "seen_on", type: ColumnType.DATE }] },
    { schema: "crm", name: "visits", columns: [] },
    { schema: "crm", name: "calls", columns: [] },
  ],
});
const [visits, crmVisits, calls] = catalog.tables as [(typeof catalog.tables)[0], (typeof catalog.tables)[0], (typeof catalog.tables)[0]];
const model = create(SemanticModelSchema, {
  tables: [{ table: "visits", label: "Visits", columns: [{ column: "id", hidden: true }] }],
  metrics: [{ name: "count", table: "visits", expression: "count(*)" }],
});

describe("words", () => {
  it("are parted by commas and lines, each once", () => {
    expect(wordsOf(" guests,  stays\nguests,, ")).toEqual(["guests", "stays"]);
    expect(wordsOf(" ")).toEqual([]);
  });
});

describe("a table's meaning", () => {
  it("is found by the bare name where that means it", () => {
    expect(meaningOf(model, catalog, visits).label).toBe("Visits");
    expect(meaningOf(model, catalog, crmVisits)).toMatchObject({ schema: "crm", table: "visits", label: "" });
    expect(meaningOf(model, catalog, calls)).toMatchObject({ schema: "", table: "calls" });
  });

  it("changes in its place, and goes when it says nothing", () => {
    const changed = withTable(model, create(TableMeaningSchema, { table: "visits", synonyms: ["stays"] }));
    expect(changed.tables.map((table) => table.synonyms)).toEqual([["stays"]]);
    expect(withTable(changed, create(TableMeaningSchema, { table: "visits" })).tables).toEqual([]);
    expect(withTable(model, create(TableMeaningSchema, { table: "calls", hidden: true })).tables.map(({ table }) => table)).toEqual(["visits", "calls"]);
    expect(model.tables).toHaveLength(1);
  });

  it("keeps only columns that say something", () => {
    const meaning = meaningOf(model, catalog, visits);
    expect(columnOf(meaning, "id").hidden).toBe(true);
    const shown = withColumn(meaning, "id", { hidden: false });
    expect(shown.columns).toEqual([]);
    expect(withColumn(shown, "seen_on", { synonyms: ["day"] }).columns.map(({ column }) => column)).toEqual(["seen_on"]);
  });

  it("is a line", () => {
    expect(summaryOf(create(TableMeaningSchema, { synonyms: ["a", "b"], timeColumn: "seen_on", columns: [{ hidden: true }] }))).toBe("also a, b · dated by seen_on · 1 hidden column");
    expect(summaryOf(create(TableMeaningSchema))).toBe("");
  });

  it("is dated by columns that hold dates", () => {
    expect(datesOf(visits)).toEqual(["seen_on"]);
  });
});

describe("metrics", () => {
  it("are added, replaced and removed by name", () => {
    const more = withMetric(model, undefined, create(MetricDefinitionSchema, { name: "other" }));
    expect(more.metrics.map(({ name }) => name)).toEqual(["count", "other"]);
    const renamed = withMetric(more, "count", create(MetricDefinitionSchema, { name: "number" }));
    expect(renamed.metrics.map(({ name }) => name)).toEqual(["number", "other"]);
    expect(withoutMetric(renamed, "other").metrics.map(({ name }) => name)).toEqual(["number"]);
  });
});

describe("a metric", () => {
  it("keeps only what its kind has", () => {
    const both = create(MetricDefinitionSchema, { name: "x", table: "visits", expression: "sum(fee)", filter: "fee > 0", timeColumn: "seen_on", numerator: "a", denominator: "b" });
    expect(ofKind(both, true)).toMatchObject({ table: "", expression: "", filter: "", timeColumn: "", numerator: "a", denominator: "b" });
    expect(ofKind(both, false)).toMatchObject({ table: "visits", expression: "sum(fee)", numerator: "", denominator: "" });
  });
});

describe("a model", () => {
  it("is empty where it says nothing", () => {
    expect(isEmpty(create(SemanticModelSchema))).toBe(true);
    expect(isEmpty(create(SemanticModelSchema, { currency: "EUR" }))).toBe(false);
    expect(isEmpty(model)).toBe(false);
  });
});
