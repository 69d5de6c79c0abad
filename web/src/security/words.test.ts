import { expect, it } from "vitest";
import { fileOf } from "./recovery-file";
import { browserName } from "./words";

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", "Chrome on Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge on Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Mobile Safari/604.1", "Safari on iOS"],
  ["Mozilla/5.0 (Linux; Android 14) Gecko/120.0 Firefox/120.0", "Firefox on Android"],
  ["curl/8.0", "Unknown browser"],
])("%s is %s", (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});

it("keeps each recovery code on a line of its own", () => {
  expect(fileOf(["A-B", "C-D"]).split("\n")).toEqual(["Recovery codes for Infinure. Each works once.", "", "A-B", "C-D", ""]);
});
