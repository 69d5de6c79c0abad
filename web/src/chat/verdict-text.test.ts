import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { FeedbackSchema } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { effectOf } from "./verdict-text";

it.each([
  ["v", [], "It counts against the verified answer that was used."],
  ["", ["a"], "It counts against the learned word that was used."],
  ["", ["a", "b"], "It counts against the learned words that were used."],
  ["v", ["a"], "It counts against the verified answer and the learned word that were used."],
  ["", [], ""],
])("what a thumb bears on is told: %j and %j", (verifiedAnswerId, synonymIds, told) => {
  expect(effectOf(create(FeedbackSchema, { verifiedAnswerId, synonymIds }), "against")).toBe(told);
});
