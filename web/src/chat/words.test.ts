import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { WordMeaningSchema, type WordMeaning } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import { piecesOfQuestion, shortened } from "./words";

const meaning = (text: string, start: number, end = start + Array.from(text).length): WordMeaning => create(WordMeaningSchema, { text, start, end, meaning: `the ${text}` });
const told = (question: string, ...meanings: WordMeaning[]) => piecesOfQuestion(question, meanings).map((piece) => (piece.meaning ? `[${piece.text}]` : piece.text));

describe("a question with its words marked", () => {
  it("is cut where meanings begin and end, and is whole together", () => {
    expect(told("visits by ward in May", meaning("ward", 10), meaning("visits", 0))).toEqual(["[visits]", " by ", "[ward]", " in May"]);
  });

  it("counts characters, not halves of them", () => {
    expect(told("🩺 visits", meaning("visits", 2))).toEqual(["🩺 ", "[visits]"]);
  });

  it("leaves out words that aren't where they are said to be, and those that overlap", () => {
    expect(told("top doctors", meaning("doctors by fee", 4), meaning("doctor", 4))).toEqual(["top ", "[doctor]", "s"]);
    expect(told("new ward beds", meaning("new ward", 0), meaning("ward beds", 4))).toEqual(["[new ward]", " beds"]);
    expect(told("", meaning("gone", 0))).toEqual([]);
  });

  it("takes the longer of two that begin together", () => {
    expect(told("net fee", meaning("net", 0), meaning("net fee", 0))).toEqual(["[net fee]"]);
  });
});

it("words are quoted back whole, but for those without an end", () => {
  expect(shortened("president")).toBe("president");
  expect(shortened("x".repeat(60))).toHaveLength(60);
  expect(shortened("ü".repeat(4_000))).toBe(`${"ü".repeat(59)}…`);
});
