import { AnswerState, MessageRole, type Message } from "@/gen/infinure/chat/v1/conversation_pb";
import { hasEnded, replay, type Answer } from "./answer";

/** A question with its answer. */
export interface Turn {
  /** The question's id, chosen here so that sending it again is safe. */
  questionId: string;
  question: string;
  answer: Answer | undefined;
}

/** Turns from messages as they are listed: the newest first. */
export function turnsOf(newestFirst: Message[]): Turn[] {
  const turns = new Map<string, Turn>();
  for (const message of newestFirst.toReversed()) {
    if (message.role === MessageRole.USER) {
      const known = turns.get(message.id);
      turns.set(message.id, { questionId: message.id, question: message.content, answer: known?.answer });
    } else if (message.role === MessageRole.ASSISTANT) {
      // An answer whose question is on an older page has no question yet.
      const question = turns.get(message.questionId)?.question ?? "";
      turns.set(message.questionId, { questionId: message.questionId, question, answer: answerOf(message) });
    }
  }
  return [...turns.values()];
}

function answerOf(message: Message): Answer {
  const answer = replay(message.id, message.events);
  const text = answer.text === "" && answer.sections.length === 0 ? message.content : answer.text;
  return { ...answer, text };
}

/** The answers that the server says are running, to be followed. */
export function runningAnswers(messages: Message[]): Message[] {
  return messages.filter((message) => message.answerState === AnswerState.RUNNING);
}

/** What is stored, with what this page follows itself laid over it; what isn't stored stays where it was asked. */
export function mergeTurns(stored: Turn[], live: Turn[]): Turn[] {
  const merged = [...stored];
  let end = merged.length;
  for (const own of live.toReversed()) {
    const place = merged.findIndex((turn) => turn.questionId === own.questionId);
    const known = merged[place];
    if (known === undefined) {
      merged.splice(end, 0, own);
    } else {
      merged[place] = { ...known, answer: further(known.answer, own.answer) };
      end = place;
    }
  }
  return merged;
}

function further(stored: Answer | undefined, own: Answer | undefined): Answer | undefined {
  if (stored === undefined || own === undefined) return own ?? stored;
  if (hasEnded(stored) && !hasEnded(own)) return stored;
  return own;
}
