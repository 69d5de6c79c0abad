import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { BrokenRows, FileReadingSchema } from "@/gen/infinure/integration/v1/upload_pb";
import { preparedUpload } from "@/testing/uploads";
import { draftOf, isChanged, mistakeOf, NOTHING_ASKED, readingOf, type ColumnDraft, type Draft } from "./reading";

const upload = preparedUpload();
const found = draftOf(upload, NOTHING_ASKED);

function withColumn(draft: Draft, index: number, change: Partial<ColumnDraft>): Draft {
  const tables = draft.tables.map((table) => ({ ...table, columns: table.columns.map((column, place) => (place === index ? { ...column, ...change } : column)) }));
  return { ...draft, tables };
}

describe("what is asked for", () => {
  it("is nothing while nothing was changed", () => {
    expect(isChanged(found, upload, NOTHING_ASKED)).toBe(false);
    expect(readingOf(found, upload, NOTHING_ASKED)).toMatchObject({ delimiter: "", encoding: "", tables: [] });
    expect(readingOf(found, upload, NOTHING_ASKED).hasHeader).toBeUndefined();
  });

  it("names only the columns that were changed, by where they come from", () => {
    const draft = withColumn(withColumn(found, 0, { type: ColumnType.TEXT }), 2, { name: " buyer ", leftOut: true });
    expect(isChanged(draft, upload, NOTHING_ASKED)).toBe(true);
    expect(readingOf(draft, upload, NOTHING_ASKED).tables).toMatchObject([
      { origin: "", name: "", leftOut: false, columns: [{ origin: "Day", type: ColumnType.TEXT, name: "" }, { origin: "Customer", name: "buyer", leftOut: true }] },
    ]);
  });

  it("keeps what was asked before", () => {
    const asked = readingOf(withColumn(found, 0, { type: ColumnType.TEXT, name: "when" }), upload, NOTHING_ASKED);
    const columns = upload.tables[0]?.columns.map((column, index) => (index === 0 ? { ...column, type: ColumnType.TEXT, name: "when" } : column)) ?? [];
    const again = preparedUpload({ tables: [{ name: "sales", rowCount: 3n, columns }] });
    const draft = withColumn(draftOf(again, asked), 2, { name: "buyer" });
    expect(readingOf(draft, again, asked).tables[0]?.columns).toMatchObject([
      { origin: "Day", type: ColumnType.TEXT, name: "when" },
      { origin: "Customer", name: "buyer" },
    ]);
  });

  it("takes a left-out column in again", () => {
    const asked = create(FileReadingSchema, { tables: [{ columns: [{ origin: "Day", leftOut: true }] }] });
    const columns = upload.tables[0]?.columns.map((column, index) => ({ ...column, leftOut: index === 0 })) ?? [];
    const shown = preparedUpload({ tables: [{ name: "sales", rowCount: 3n, columns }] });
    expect(readingOf(withColumn(draftOf(shown, asked), 0, { leftOut: false }), shown, asked).tables).toEqual([]);
  });

  it("forgets the columns of a file that is cut anew", () => {
    const draft = { ...withColumn(found, 0, { type: ColumnType.TEXT }), delimiter: ";", hasHeader: false, brokenRows: BrokenRows.REFUSE };
    expect(readingOf(draft, upload, NOTHING_ASKED)).toMatchObject({ delimiter: ";", hasHeader: false, brokenRows: BrokenRows.REFUSE, tables: [] });
  });
});

describe("what can't be read so", () => {
  const table = found.tables.map((one) => ({ ...one }));
  it.each([
    [{ ...found, tables: table.map((one) => ({ ...one, leftOut: true })) }, "at least one table"],
    [{ ...found, tables: table.map((one) => ({ ...one, name: " " })) }, "needs a name"],
    [{ ...found, tables: table.map((one) => ({ ...one, columns: one.columns.map((column) => ({ ...column, leftOut: true })) })) }, "at least one column"],
    [withColumn(found, 1, { name: "DAY" }), "Two columns of sales are called DAY"],
    [withColumn(found, 1, { name: "" }), "needs a name"],
    [{ ...found, tables: [...table, ...table] }, "Two tables are called sales"],
  ])("is said: %#", (draft, words) => {
    expect(mistakeOf(draft)).toContain(words);
  });

  it("is not complained of where it is left out", () => {
    expect(mistakeOf(found)).toBeUndefined();
    expect(mistakeOf(withColumn(found, 1, { name: "day", leftOut: true }))).toBeUndefined();
  });
});
