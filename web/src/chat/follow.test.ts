import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { accepted, completed, delta } from "@/testing/answers";
import { NEW_ANSWER, type Answer, type Step } from "./answer";
import { follow, type Feed, type Patience } from "./follow";

const unavailable = new ConnectError("gone", Code.Unavailable);
const denied = new ConnectError("no", Code.PermissionDenied);

/** A feed that plays one script a connection: events, then an end or an error. Writes down how it was called. */
function scripted(...scripts: (Step | Error)[][]) {
  const calls: string[] = [];
  async function* play(): AsyncGenerator<Step> {
    for (const item of scripts.shift() ?? []) {
      if (item instanceof Error) throw item;
      yield await Promise.resolve(item);
    }
  }
  const feed: Feed = {
    send: () => {
      calls.push("send");
      return play();
    },
    resume: (answerId, after) => {
      calls.push(`resume ${answerId} after ${after}`);
      return play();
    },
  };
  return { feed, calls };
}

function waiting(attempts: number): Patience {
  return {
    beforeAttempt: (attempt) => Promise.resolve(attempt <= attempts),
    watch: () => ({ touch: () => undefined, end: () => undefined }),
  };
}

async function run(attempts: number, ...scripts: (Step | Error)[][]) {
  const { feed, calls } = scripted(...scripts);
  const published: Answer[] = [];
  const answer = await follow(feed, NEW_ANSWER, (next) => published.push(next), waiting(attempts));
  return { answer, calls, published };
}

describe("following an answer", () => {
  it("reads a stream to its end over one connection", async () => {
    const { answer, calls } = await run(3, [accepted(), delta(2, "done"), completed(3)]);
    expect(answer).toMatchObject({ phase: "completed", text: "done" });
    expect(calls).toEqual(["send"]);
  });

  it("resumes a cut stream after the last event seen, and takes no event twice", async () => {
    const { answer, calls } = await run(3, [accepted(), delta(2, "a"), unavailable], [delta(2, "a"), delta(3, "b"), completed(4)]);
    expect(answer).toMatchObject({ phase: "completed", text: "ab" });
    expect(calls).toEqual(["send", "resume answer after 2"]);
  });

  it("resumes where a stream ended without an end", async () => {
    const { calls } = await run(3, [accepted()], [completed(2)]);
    expect(calls).toEqual(["send", "resume answer after 1"]);
  });

  it("resumes before a gap", async () => {
    const { answer, calls } = await run(3, [accepted(), delta(3, "c")], [delta(2, "b"), delta(3, "c"), completed(4)]);
    expect(answer.text).toBe("bc");
    expect(calls).toEqual(["send", "resume answer after 1"]);
  });

  it("accepts the gaps of a resumed stream, which are the server's own", async () => {
    const { answer, calls } = await run(3, [accepted(), unavailable], [delta(5, "kept"), completed(6)]);
    expect(answer).toMatchObject({ phase: "completed", text: "kept" });
    expect(calls).toHaveLength(2);
  });

  it("sends again what was never accepted", async () => {
    const { answer, calls } = await run(3, [unavailable], [accepted(), completed(2)]);
    expect(answer.phase).toBe("completed");
    expect(calls).toEqual(["send", "send"]);
  });

  it("says that it is connecting again", async () => {
    const { published } = await run(3, [accepted(), unavailable], [completed(2)]);
    expect(published.map((answer) => answer.reconnecting)).toEqual([false, true, false]);
  });

  it("gives up a refusal at once", async () => {
    const { answer, calls } = await run(3, [denied]);
    expect(answer.phase).toBe("failed");
    expect(calls).toEqual(["send"]);
  });

  it("gives up after its patience, and leaves the answer to be taken up", async () => {
    const { answer, calls } = await run(2, [accepted(), unavailable], [unavailable], [unavailable]);
    expect(answer.phase).toBe("cut");
    expect(calls).toHaveLength(3);
  });

  it("takes a silent connection for dead", async () => {
    const { feed, calls } = scripted([accepted(), completed(2)]);
    const patience: Patience = {
      ...waiting(1),
      watch: (onSilence) => {
        if (calls.length === 0) onSilence();
        return { touch: () => undefined, end: () => undefined };
      },
    };
    const stuck: Feed = {
      ...feed,
      send: (signal) => {
        if (!signal.aborted) return feed.send(signal);
        calls.push("aborted");
        // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- a stream that is aborted at once
        return (async function* (): AsyncGenerator<Step> {
          throw new ConnectError("aborted", Code.Canceled);
        })();
      },
    };
    const answer = await follow(stuck, NEW_ANSWER, () => undefined, patience);
    expect(answer.phase).toBe("completed");
    expect(calls).toEqual(["aborted", "send"]);
  });
});
