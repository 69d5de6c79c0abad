import { describe, expect, it } from "vitest";
import { isDecided, messageOf, NEW_PLACE } from "./place";

describe("a place", () => {
  it("means all sources only where that was said", () => {
    expect(isDecided(NEW_PLACE)).toBe(true);
    expect(isDecided({ ...NEW_PLACE, sourceIds: [] })).toBe(false);
    expect(isDecided({ ...NEW_PLACE, sourceIds: ["a"] })).toBe(true);
    expect(messageOf({ ...NEW_PLACE, team: " North " })).toMatchObject({ team: "North", sourceIds: [] });
  });
});
