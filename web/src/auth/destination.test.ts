import { expect, it } from "vitest";
import { destination } from "./destination";

it.each([
  [null, "/chat"],
  ["/chat/1?x=2", "/chat/1?x=2"],
  ["/sources", "/sources"],
  ["https://elsewhere.example/", "/chat"],
  ["//elsewhere.example/", "/chat"],
  ["/\\elsewhere.example", "/chat"],
  ["/\t/elsewhere.example", "/chat"],
  ["javascript:alert(1)", "/chat"],
])("from %j to %s", (next, path) => {
  expect(destination(next)).toBe(path);
});
