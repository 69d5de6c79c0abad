import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { ClarificationSchema } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { NEW_ANSWER } from "./answer";
import { announcement } from "./announcement";

it("a question back is read out with the numbers that choose", () => {
  const clarification = create(ClarificationSchema, { question: "Which date?", options: [{ label: "seen" }, { label: "paid" }] });
  expect(announcement({ ...NEW_ANSWER, phase: "completed", clarification })).toBe("Which date? 1: seen. 2: paid.");
});

it("an answer under way is told once", () => {
  expect(announcement({ ...NEW_ANSWER, phase: "running" })).toBe("Working on the answer.");
  expect(announcement({ ...NEW_ANSWER, phase: "running", reconnecting: true })).toBe("Connecting again.");
});
