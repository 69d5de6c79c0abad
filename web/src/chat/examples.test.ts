import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { CatalogSchema, ColumnRole, type TableSchema } from "@/gen/infinure/integration/v1/catalog_pb";
import { examplesOf } from "./examples";

type Table = MessageInitShape<typeof TableSchema>;
const visits: Table = {
  name: "ward_visits",
  rowCount: 700n,
  columns: [
    { name: "id", role: ColumnRole.KEY },
    { name: "patient", role: ColumnRole.DIMENSION, sensitive: true },
    { name: "feeAmount", role: ColumnRole.MEASURE },
    { name: "outcome", role: ColumnRole.DIMENSION },
    { name: "day", role: ColumnRole.TIME },
  ],
};
const doctors: Table = { name: "doctors", rowCount: 3n, columns: [{ name: "speciality", label: "Field", role: ColumnRole.DIMENSION }] };
const empty: Table = { name: "nothing", rowCount: 900n };

it("come from what the largest tables hold, never from sensitive columns", () => {
  expect(examplesOf(create(CatalogSchema, { tables: [doctors, empty, visits] }))).toEqual([
    "Total fee amount by outcome",
    "How many doctors by field",
    "How many ward visits?",
    "How many doctors?",
  ]);
});

it("are none for a source without tables", () => {
  expect(examplesOf(create(CatalogSchema))).toEqual([]);
});
