import { isTransient, problemOfStatus, type Problem } from "@/api/problem";
import type {
  AnswerEvent, Clarification, Interpretation, Query, Refusal, Section, Stage,
} from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import type { Chart } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import type { Receipt } from "@/gen/infinure/ml_gateway/v1/receipt_pb";
import type { Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";

/** One event of an answer, whichever rpc it came by. */
export type Step = Pick<AnswerEvent, "sequence" | "event">;

export type Phase =
  | "sending" // nothing acknowledged yet
  | "running" // kept by the server, more events come
  | "completed"
  | "failed" // ended by the server, or never accepted
  | "cut"; // still kept by the server, but it can't be reached

/** An answer as far as its events have told it. */
export interface Answer {
  phase: Phase;
  /** The sequence of the last event; 0 before the first. */
  last: number;
  answerId: string | undefined;
  reconnecting: boolean;
  stopping: boolean;
  status: { stage: Stage; text: string } | undefined;
  interpretation: Interpretation | undefined;
  query: Query | undefined;
  rows: Rows | undefined;
  chart: Chart | undefined;
  sections: Section[];
  text: string;
  clarification: Clarification | undefined;
  refusal: Refusal | undefined;
  receipt: Receipt | undefined;
  problem: Problem | undefined;
}

export const NEW_ANSWER: Answer = {
  phase: "sending",
  last: 0,
  answerId: undefined,
  reconnecting: false,
  stopping: false,
  status: undefined,
  interpretation: undefined,
  query: undefined,
  rows: undefined,
  chart: undefined,
  sections: [],
  text: "",
  clarification: undefined,
  refusal: undefined,
  receipt: undefined,
  problem: undefined,
};

export function hasEnded(answer: Answer): boolean {
  return answer.phase === "completed" || answer.phase === "failed";
}

export function isUnderWay(answer: Answer): boolean {
  return answer.phase === "sending" || answer.phase === "running";
}

/** Whether it can be right or wrong: it ended well, with something else than a question back. */
export function isJudged(answer: Answer): boolean {
  return answer.phase === "completed" && answer.clarification === undefined;
}

/** Whether events between the last one and this one are missing. */
export function leavesGap(answer: Answer, step: Step): boolean {
  return step.sequence > answer.last + 1;
}

/** The answer after one more event. An event that was seen before, or comes after the end, changes nothing. */
export function advance(answer: Answer, step: Step): Answer {
  if (step.sequence <= answer.last || hasEnded(answer)) return answer;
  return { ...answer, ...changes(answer, step.event), last: step.sequence, reconnecting: false };
}

function changes(answer: Answer, event: Step["event"]): Partial<Answer> {
  switch (event.case) {
    case "accepted":
      return { phase: "running", answerId: event.value.answerId };
    case "status":
      return { status: { stage: event.value.stage, text: event.value.text } };
    case "interpretation":
      return { interpretation: event.value };
    case "query":
      return { query: event.value };
    case "rows":
      return { rows: event.value };
    case "chart":
      return { chart: event.value };
    case "section":
      return { sections: [...answer.sections, event.value] };
    case "textDelta":
      return { text: answer.text + event.value.text };
    case "clarification":
      return { clarification: event.value };
    case "refusal":
      return { refusal: event.value };
    case "completed":
      return { phase: "completed", receipt: event.value.receipt, status: undefined };
    case "failed":
      return { phase: "failed", problem: problemOfStatus(event.value.status), status: undefined };
    case undefined:
      // An event of a later version: its place in the order counts, its content isn't known here.
      return {};
  }
}

/** The answer from its stored events. Status events aren't stored, so gaps mean nothing here. */
export function replay(answerId: string, steps: Step[]): Answer {
  return steps.reduce(advance, { ...NEW_ANSWER, phase: "running", answerId });
}

/** The answer after its connection failed for good. */
export function broken(answer: Answer, problem: Problem): Answer {
  if (hasEnded(answer)) return answer;
  const phase = answer.answerId !== undefined && isTransient(problem) ? "cut" : "failed";
  return { ...answer, phase, problem, status: undefined, reconnecting: false };
}
