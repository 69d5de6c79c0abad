import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { CatalogSchema, RelationshipOrigin } from "@/gen/infinure/integration/v1/catalog_pb";
import { ModelRelationshipSchema, SemanticModelSchema } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { isWhole, linksOf, withLink } from "./linking";

const catalog = create(CatalogSchema, {
  dialect: "postgres",
  tables: [
    { schema: "public", name: "visits" },
    { schema: "public", name: "doctors" },
    { schema: "crm", name: "calls" },
    { schema: "crm", name: "doctors" },
  ],
  relationships: [
    { fromSchema: "public", fromTable: "visits", fromColumns: ["doctor_id"], toSchema: "public", toTable: "doctors", toColumns: ["id"], origin: RelationshipOrigin.DECLARED, confidence: 1, name: "attending" },
    { fromSchema: "crm", fromTable: "calls", fromColumns: ["doctor"], toSchema: "crm", toTable: "doctors", toColumns: ["id"], origin: RelationshipOrigin.INFERRED, confidence: 0.9 },
    { fromSchema: "crm", fromTable: "calls", fromColumns: ["a", "b"], toSchema: "public", toTable: "visits", toColumns: ["a", "b"], origin: RelationshipOrigin.DECLARED, confidence: 1 },
    { fromSchema: "crm", fromTable: "calls", fromColumns: ["visit"], toSchema: "public", toTable: "visits", toColumns: ["id"], origin: RelationshipOrigin.MODEL, confidence: 1 },
  ],
});
const named = create(ModelRelationshipSchema, { fromTable: "visits", fromColumn: "doctor_id", toTable: "doctors", toColumn: "id", name: "attending" });
const added = create(ModelRelationshipSchema, { fromTable: "calls", fromColumn: "visit", toTable: "visits", toColumn: "id" });
const gone = create(ModelRelationshipSchema, { fromTable: "calls", fromColumn: "old", toTable: "visits", toColumn: "id", switchedOff: true });
const model = create(SemanticModelSchema, { relationships: [named, added, gone] });

describe("keys", () => {
  it("are told once each, with where they are known from", () => {
    expect(linksOf(model, catalog).map(({ text, name, origin, off }) => [text, name, origin, off])).toEqual([
      ["visits.doctor_id → doctors.id", "attending", "Declared in the source", false],
      ["calls.visit → visits.id", "", "Said here", false],
      ["calls.old → visits.id", "", "The source’s own", true],
      ["crm.calls.doctor → crm.doctors.id", "", "Inferred, 90% sure", false],
      ["crm.calls.(a, b) → visits.(a, b)", "", "Declared in the source", false],
    ]);
  });

  it("of the source can be changed where they have one column, and keep only the schemas that are needed", () => {
    const [, , , inferred, several] = linksOf(model, catalog);
    expect(inferred?.draft).toMatchObject({ fromSchema: "", fromTable: "calls", toSchema: "crm", toTable: "doctors" });
    expect(several?.draft).toBeUndefined();
    expect(linksOf(create(SemanticModelSchema), catalog)[0]?.draft).toMatchObject({ fromSchema: "", name: "attending" });
  });

  it("are added, replaced and taken back", () => {
    const off = { ...named, switchedOff: true };
    expect(withLink(model, named, off).relationships.map(({ switchedOff }) => switchedOff)).toEqual([true, false, true]);
    expect(withLink(model, undefined, added).relationships).toHaveLength(4);
    expect(withLink(model, added, undefined).relationships).toEqual([named, gone]);
    expect(model.relationships).toHaveLength(3);
  });

  it("are whole with two ends that differ", () => {
    expect(isWhole(named)).toBe(true);
    expect(isWhole({ ...named, toColumn: "" })).toBe(false);
    expect(isWhole({ ...named, toTable: "visits", toColumn: "doctor_id" })).toBe(false);
  });
});
