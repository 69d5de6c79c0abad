import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { SemanticModelSchema, Weekday } from "@/gen/infinure/integration/v1/semantic_model_pb";
import { calendarText } from "./calendar";

it("is the usual one where a model names none", () => {
  expect(calendarText(create(SemanticModelSchema))).toBe("Weeks begin on Monday, fiscal years in January.");
});

it("is told as the model has it", () => {
  const model = create(SemanticModelSchema, { weekStart: Weekday.SUNDAY, fiscalYearFirstMonth: 10 });
  expect(calendarText(model)).toBe("Weeks begin on Sunday, fiscal years in October.");
});
