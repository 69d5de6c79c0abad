import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { LearningOrigin, SynonymSchema, VerifiedAnswerSchema } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { isWithheld, standingOf, usageText, wordOrigin } from "./told";

const fine = { weight: 1, used: true, outdated: false };

describe("how something learned stands", () => {
  it("isn't told where all is well", () => {
    expect(standingOf(fine)).toBeUndefined();
  });

  it.each([
    [{ ...fine, weight: 1.1 }, "Confirmed"],
    [{ ...fine, weight: 0.7 }, "Doubted"],
    [{ ...fine, weight: 0.4, used: false }, "Not used"],
    [{ ...fine, used: false }, "Not used"],
    [{ ...fine, outdated: true, used: false }, "Outdated"],
  ])("is told with what to do: %o is %s", (one, label) => {
    expect(standingOf(one)?.label).toBe(label);
  });
});

describe("the words about it", () => {
  const day = timestampFromMs(Date.UTC(2026, 2, 15, 12));

  it("say who, how and when", () => {
    const word = create(SynonymSchema, { origin: LearningOrigin.CLARIFICATION, updateTime: day });
    expect(wordOrigin(word, "Ada Maro")).toBe("chosen when asked back by Ada Maro on Mar 15, 2026");
    expect(wordOrigin({ ...word, origin: LearningOrigin.PERSON }, "you")).toBe("written by you on Mar 15, 2026");
  });

  it("say how often", () => {
    expect(usageText({ useCount: 0n })).toBe("not used yet");
    expect(usageText({ useCount: 1n, lastUseTime: day })).toBe("used once, last on Mar 15, 2026");
    expect(usageText({ useCount: 1200n })).toBe("used 1,200 times");
  });

  it("are none where they are withheld", () => {
    expect(isWithheld(create(SynonymSchema))).toBe(true);
    expect(isWithheld(create(SynonymSchema, { words: "beds" }))).toBe(false);
    expect(isWithheld(create(VerifiedAnswerSchema))).toBe(true);
    expect(isWithheld(create(VerifiedAnswerSchema, { question: "how many beds?" }))).toBe(false);
  });
});
