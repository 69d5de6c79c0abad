import { expect, it } from "vitest";
import { newId } from "./ids";

it("makes UUIDs of version 7 that begin with their time", () => {
  const id = newId(Date.UTC(2026, 0, 1));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 1));
  expect(newId()).not.toBe(newId());
});
