import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { AnswerState, MessageRole, MessageSchema, type Message } from "@/gen/infinure/chat/v1/conversation_pb";
import { accepted, completed, delta } from "@/testing/answers";
import { NEW_ANSWER, replay } from "./answer";
import { mergeTurns, runningAnswers, turnsOf } from "./turns";

const question = (id: string, content: string): Message => create(MessageSchema, { id, role: MessageRole.USER, content });
const answer = (id: string, questionId: string, fields: Partial<Omit<Message, "$typeName">>): Message =>
  create(MessageSchema, { id, questionId, role: MessageRole.ASSISTANT, ...fields });

it("pairs questions with their answers, the oldest first", () => {
  const turns = turnsOf([
    answer("a2", "q2", { events: [accepted(1, "a2"), delta(2, "two"), completed(3)] }),
    question("q2", "second"),
    answer("a1", "q1", { content: "one" }),
    question("q1", "first"),
  ]);
  expect(turns.map((turn) => [turn.question, turn.answer?.text])).toEqual([
    ["first", "one"],
    ["second", "two"],
  ]);
});

it("keeps an answer whose question is on an older page", () => {
  expect(turnsOf([answer("a1", "q1", {})])).toMatchObject([{ questionId: "q1", question: "" }]);
});

it("finds the answers to be followed after a reload", () => {
  const running = answer("a1", "q1", { answerState: AnswerState.RUNNING });
  expect(runningAnswers([running, answer("a2", "q2", { answerState: AnswerState.COMPLETED })])).toEqual([running]);
});

it("lays what this page follows over what is stored, without showing a question twice", () => {
  const stored = turnsOf([question("q1", "first")]);
  const live = [
    { questionId: "q1", question: "", answer: replay("a1", [accepted(), delta(2, "so far")]) },
    { questionId: "q2", question: "just sent", answer: NEW_ANSWER },
  ];
  const turns = mergeTurns(stored, live);
  expect(turns.map((turn) => [turn.question, turn.answer?.text])).toEqual([
    ["first", "so far"],
    ["just sent", ""],
  ]);
});

it("leaves a question that was never sent before those that were asked after it", () => {
  const unsent = { questionId: "q2", question: "unsent", answer: NEW_ANSWER };
  const later = { questionId: "q3", question: "later", answer: NEW_ANSWER };
  const stored = turnsOf([question("q3", "later"), question("q1", "first")]);
  expect(mergeTurns(stored, [unsent, later]).map((turn) => turn.question)).toEqual(["first", "unsent", "later"]);
});

it("prefers an answer that is stored as ended to a connection that was lost", () => {
  const stored = turnsOf([answer("a1", "q1", { events: [accepted(), completed(2)] }), question("q1", "first")]);
  const live = [{ questionId: "q1", question: "first", answer: { ...replay("a1", [accepted()]), phase: "cut" as const } }];
  expect(mergeTurns(stored, live)[0]?.answer?.phase).toBe("completed");
});
