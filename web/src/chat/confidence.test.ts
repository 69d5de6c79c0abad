import { expect, it } from "vitest";
import { surenessOf } from "./confidence";

it.each([
  [0.97, "Very sure", false],
  [0.75, "Sure", false],
  [0.6, "Fairly sure", false],
  [0.45, "Not quite sure", true],
  [0.1, "This reading is a guess", true],
])("a confidence of %d is told in words", (confidence, beginning, doubtful) => {
  expect(surenessOf(confidence)?.label).toMatch(new RegExp(`^${beginning}`));
  expect(surenessOf(confidence)?.doubtful).toBe(doubtful);
});

it("isn't told where there is none", () => {
  expect(surenessOf(0)).toBeUndefined();
});
