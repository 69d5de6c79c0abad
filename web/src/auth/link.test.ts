import { describe, expect, it } from "vitest";
import { tokenIn } from "./link";

describe("a mailed link's token", () => {
  it.each([
    ["#token=abc_-123", "abc_-123"],
    ["#other=1&token=abc", "abc"],
    ["#token=", ""],
    ["#section", ""],
    ["", ""],
  ])("in %j is %j", (fragment, token) => {
    expect(tokenIn(fragment)).toBe(token);
  });
});
