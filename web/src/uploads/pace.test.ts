import { describe, expect, it } from "vitest";
import { bytesText, moved, paceOf, paceText, secondsLeft, secondsText, speedOf } from "./pace";

describe("a transfer", () => {
  it("tells no speed before there is enough to tell", () => {
    const pace = moved(paceOf(1000, 0), 100, 100);
    expect(speedOf(pace)).toBeUndefined();
    expect(paceText(pace)).toBe("100 bytes of 1 kB");
  });

  it("tells the speed of the last seconds, not of all", () => {
    let pace = paceOf(100_000_000, 0);
    for (let second = 1; second <= 20; second += 1) pace = moved(pace, second <= 10 ? second * 1_000_000 : 10_000_000 + (second - 10) * 2_000_000, second * 1000);
    expect(speedOf(pace)).toBe(2_000_000);
    expect(secondsLeft(pace)).toBe(35);
    expect(paceText(pace)).toBe("30 MB of 100 MB · 2 MB/s · 35 s left");
  });

  it("that stands still has no time left to tell", () => {
    let pace = moved(paceOf(1000, 0), 500, 1000);
    for (let second = 2; second < 12; second += 1) pace = moved(pace, 500, second * 1000);
    expect(secondsLeft(pace)).toBeUndefined();
    expect(paceText(pace)).toBe("500 bytes of 1 kB");
  });

  it("that begins anew counts anew", () => {
    const pace = moved(moved(moved(paceOf(1000, 0), 900, 1000), 0, 1100), 100, 2100);
    expect(pace.sentBytes).toBe(100);
    expect(speedOf(pace)).toBe(100);
  });
});

it.each([[0, "0 bytes"], [1, "1 byte"], [999, "999 bytes"], [1500, "1.5 kB"], [123_456, "123 kB"], [2_000_000_000, "2 GB"]])("%d bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([[0.2, "1 s"], [59, "59 s"], [61, "2 min"], [3700, "1 h 2 min"]])("%d seconds are %s", (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});
