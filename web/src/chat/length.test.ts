import { describe, expect, it } from "vitest";
import { lengthOf } from "./length";

describe("the length of a question", () => {
  it("isn't told while there is room", () => {
    expect(lengthOf("")).toEqual({ tooLong: false, text: undefined });
    expect(lengthOf("x".repeat(3_500))).toEqual({ tooLong: false, text: undefined });
  });

  it("is counted where it comes near the limit", () => {
    expect(lengthOf("x".repeat(4_000))).toEqual({ tooLong: false, text: "4,000 of 4,000 characters" });
  });

  it("is told at once as too long, with how much to leave out", () => {
    expect(lengthOf("x".repeat(5_234))).toEqual({ tooLong: true, text: "Too long to send: 5,234 of 4,000 characters. Shorten it by 1,234." });
  });

  it("counts characters, not halves of them, and no spaces around", () => {
    expect(lengthOf("🩺".repeat(4_000)).tooLong).toBe(false);
    expect(lengthOf("🩺".repeat(4_001)).tooLong).toBe(true);
    expect(lengthOf(` ${"x".repeat(4_000)} \n`).tooLong).toBe(false);
  });
});
