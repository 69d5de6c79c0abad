import { expect, test } from "vitest";
import { storeText } from "./erased";

test("each store says what was done in it, and that nothing was", () => {
  const nothing = { store: "messages", deletedCount: 0n, pseudonymisedCount: 0n, shreddedCount: 0n };
  expect(storeText("chat", nothing)).toBe("chat, messages: nothing was there");
  expect(storeText("chat", { ...nothing, deletedCount: 1200n })).toBe("chat, messages: 1,200 deleted");
  expect(storeText("ml_gateway", { ...nothing, store: "synonyms", deletedCount: 1n, pseudonymisedCount: 2n })).toBe("ml_gateway, synonyms: 1 deleted, 2 left without a name");
  expect(storeText("auth", { ...nothing, store: "user_activities", shreddedCount: 7n })).toBe("auth, user_activities: 7 made unreadable");
});
