import { Code, ConnectError } from "@connectrpc/connect";
import { isTransient, problemOf } from "@/api/problem";
import { advance, broken, hasEnded, leavesGap, type Answer, type Step } from "./answer";

/** Where an answer's events come from. */
export interface Feed {
  /** Asks the question; safe to repeat, because the question's id is the client's. */
  send(signal: AbortSignal): AsyncIterable<Step>;
  resume(answerId: string, after: number, signal: AbortSignal): AsyncIterable<Step>;
}

/** How long to wait for what. */
export interface Patience {
  /** Resolves before the given attempt (from 1) to connect again; false once it isn't worth it. */
  beforeAttempt(attempt: number, retryAfterMs: number | undefined): Promise<boolean>;
  /** Aborts when nothing has come for so long that the connection is taken for dead; touch() starts over. */
  watch(onSilence: () => void): { touch(): void; end(): void };
}

/**
 * Follows an answer to its end over as many connections as it takes, publishing it after every event. A cut stream, a silent
 * one and one with a gap are taken up again after the last event seen.
 */
export async function follow(feed: Feed, start: Answer, publish: (answer: Answer) => void, patience: Patience): Promise<Answer> {
  let answer = start;
  const set = (next: Answer) => {
    answer = next;
    publish(next);
  };
  for (let attempt = 0; ; ) {
    const before = answer.last;
    const thrown = await readOnce(feed, () => answer, set, patience);
    if (hasEnded(answer)) return answer;
    const problem = problemOf(thrown);
    if (answer.last > before) attempt = 0;
    attempt += 1;
    const goOn = isTransient(problem) && (set({ ...answer, reconnecting: true }), await patience.beforeAttempt(attempt, problem.retryAfterMs));
    if (!goOn) {
      set(broken(answer, problem));
      return answer;
    }
  }
}

/** Reads one connection until it ends; returns why it ended without an end of the answer. */
async function readOnce(feed: Feed, current: () => Answer, set: (answer: Answer) => void, patience: Patience): Promise<unknown> {
  const aborter = new AbortController();
  const silence = patience.watch(() => aborter.abort());
  const { answerId, last } = current();
  const resuming = answerId !== undefined;
  try {
    const steps = resuming ? feed.resume(answerId, last, aborter.signal) : feed.send(aborter.signal);
    for await (const step of steps) {
      silence.touch();
      // On a resumed stream a gap is the server's own: events that it doesn't keep.
      if (!resuming && leavesGap(current(), step)) return cut("events are missing");
      set(advance(current(), step));
      if (hasEnded(current())) return undefined;
    }
    return cut("the stream ended before the answer");
  } catch (thrown) {
    return aborter.signal.aborted ? cut("the stream fell silent") : thrown;
  } finally {
    silence.end();
    aborter.abort();
  }
}

function cut(why: string): ConnectError {
  return new ConnectError(why, Code.Unavailable);
}
