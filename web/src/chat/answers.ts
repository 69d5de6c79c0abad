import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatClient } from "@/api/clients";
import { NEW_ANSWER, hasEnded, replay, type Answer } from "./answer";
import { follow, type Feed, type Patience } from "./follow";
import { newId } from "./ids";
import type { Turn } from "./turns";
import type { Message } from "@/gen/infinure/chat/v1/conversation_pb";

export type Live = Record<string, Turn[]>;

/** The answers that this page follows, by conversation. They go on while another conversation is looked at. */
export interface Answers {
  live: StoreApi<Live>;
  ask(conversationId: string, question: string): void;
  /** Sends a question again that never arrived, or takes up an answer that was cut off. */
  again(conversationId: string, turn: Turn): void;
  /** Takes up an answer that runs on the server, as after a reload. */
  takeUp(message: Message): void;
  stop(conversationId: string, turn: Turn): Promise<void>;
  forget(): void;
}

export interface AnswersPorts {
  chat: Pick<ChatClient, "sendMessage" | "resumeAnswer" | "cancelAnswer">;
  patience: Patience;
  timeZone: () => string;
  onEnded: (conversationId: string) => void;
}

export function openAnswers({ chat, patience, timeZone, onEnded }: AnswersPorts): Answers {
  const live = createStore<Live>(() => ({}));
  let generation = new AbortController();

  const find = (conversationId: string, questionId: string) =>
    live.getState()[conversationId]?.find((turn) => turn.questionId === questionId);

  function put(conversationId: string, turn: Turn): void {
    const turns = live.getState()[conversationId] ?? [];
    const known = turns.some((other) => other.questionId === turn.questionId);
    const next = known ? turns.map((other) => (other.questionId === turn.questionId ? turn : other)) : [...turns, turn];
    live.setState({ [conversationId]: next });
  }

  async function run(conversationId: string, turn: Turn, start: Answer): Promise<void> {
    const own = generation;
    const publish = (answer: Answer) => {
      if (own.signal.aborted) return;
      const before = find(conversationId, turn.questionId)?.answer;
      const stopping = before?.stopping ?? false;
      put(conversationId, { ...turn, answer: { ...answer, stopping } });
      // Stopped before the server had named the answer: now it has.
      if (stopping && before?.answerId === undefined && answer.answerId !== undefined) {
        cancel(answer.answerId).catch(() => unstop(conversationId, turn.questionId));
      }
    };
    publish(start);
    await follow(feedOf(conversationId, turn), start, publish, patience);
    if (!own.signal.aborted) onEnded(conversationId);
  }

  function feedOf(conversationId: string, { questionId, question }: Turn): Feed {
    const end = generation.signal;
    const request = { conversationId, content: question, messageId: questionId, timeZone: timeZone() };
    return {
      send: (signal) => chat.sendMessage(request, { signal: AbortSignal.any([signal, end]) }),
      resume: (answerId, afterSequence, signal) =>
        chat.resumeAnswer({ answerId, afterSequence }, { signal: AbortSignal.any([signal, end]) }),
    };
  }

  // The answer's own stream tells how it ended; a failure here leaves it running, to be stopped again.
  const cancel = (answerId: string) => chat.cancelAnswer({ answerId });

  function unstop(conversationId: string, questionId: string): void {
    const turn = find(conversationId, questionId);
    if (turn?.answer) put(conversationId, { ...turn, answer: { ...turn.answer, stopping: false } });
  }

  return {
    live,
    ask: (conversationId, question) => {
      void run(conversationId, { questionId: newId(), question, answer: undefined }, NEW_ANSWER);
    },
    again: (conversationId, turn) => {
      const answer = turn.answer;
      const start: Answer = answer?.phase === "cut" ? { ...answer, phase: "running", problem: undefined, reconnecting: true } : NEW_ANSWER;
      void run(conversationId, turn, start);
    },
    takeUp: (message) => {
      if (find(message.conversationId, message.questionId) !== undefined) return;
      const start = replay(message.id, message.events);
      if (!hasEnded(start)) void run(message.conversationId, { questionId: message.questionId, question: "", answer: start }, start);
    },
    stop: async (conversationId, turn) => {
      const current = find(conversationId, turn.questionId) ?? turn;
      if (current.answer === undefined || hasEnded(current.answer)) return;
      put(conversationId, { ...current, answer: { ...current.answer, stopping: true } });
      if (current.answer.answerId === undefined) return;
      try {
        await cancel(current.answer.answerId);
      } catch (thrown) {
        unstop(conversationId, turn.questionId);
        throw thrown;
      }
    },
    forget: () => {
      generation.abort();
      generation = new AbortController();
      live.setState({}, true);
    },
  };
}
