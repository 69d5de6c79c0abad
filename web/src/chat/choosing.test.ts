import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { ClarificationSchema } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { NEW_ANSWER, type Answer } from "./answer";
import { optionByNumber } from "./choosing";

const clarification = create(ClarificationSchema, { question: "Which date?", options: [{ label: "seen", question: "visits by day seen" }, { label: "paid", question: "visits by day paid" }] });
const askedBack: Answer = { ...NEW_ANSWER, phase: "completed", clarification };

it("a bare number chooses the option of that place", () => {
  expect(optionByNumber(askedBack, " 2 ")).toBe("visits by day paid");
});

it.each(["3", "0", "12", "2 wards", ""])("“%s” is a question of its own", (typed) => {
  expect(optionByNumber(askedBack, typed)).toBeUndefined();
});

it("a number means nothing where the newest answer doesn't ask back", () => {
  expect(optionByNumber({ ...askedBack, clarification: undefined }, "1")).toBeUndefined();
  expect(optionByNumber({ ...askedBack, phase: "running" }, "1")).toBeUndefined();
  expect(optionByNumber(undefined, "1")).toBeUndefined();
});
