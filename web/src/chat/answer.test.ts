import { anyPack } from "@bufbuild/protobuf/wkt";
import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { ErrorInfoSchema } from "@/gen/google/rpc/error_details_pb";
import { StatusSchema } from "@/gen/google/rpc/status_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { accepted, completed, delta, step } from "@/testing/answers";
import { NEW_ANSWER, advance, broken, leavesGap, replay, type Step } from "./answer";

const after = (...steps: Step[]) => steps.reduce(advance, NEW_ANSWER);

describe("an answer from its events", () => {
  it("collects text in order and ends with completed", () => {
    const answer = after(accepted(), delta(2, "Revenue "), delta(3, "rose."), completed(4));
    expect(answer).toMatchObject({ phase: "completed", answerId: "answer", text: "Revenue rose.", last: 4 });
  });

  it("takes an event that comes twice once", () => {
    expect(after(accepted(), delta(2, "once"), delta(2, "once"), accepted()).text).toBe("once");
  });

  it("sees a gap before an event, and none at the next or a known one", () => {
    const answer = after(accepted(), delta(2, "a"));
    expect(leavesGap(answer, delta(4, "c"))).toBe(true);
    expect(leavesGap(answer, delta(3, "b"))).toBe(false);
    expect(leavesGap(answer, delta(1, "x"))).toBe(false);
  });

  it("changes no more after its end", () => {
    const ended = after(accepted(), completed(2));
    expect(advance(ended, delta(3, "late"))).toBe(ended);
  });

  it("counts an event that it doesn't know", () => {
    expect(after(accepted(), step(2, { case: undefined })).last).toBe(2);
  });

  it("is taken up from stored events that leave status events out", () => {
    const answer = replay("answer", [accepted(1), delta(4, "so far")]);
    expect(answer).toMatchObject({ phase: "running", last: 4, text: "so far", answerId: "answer" });
  });

  it("reads why it failed from the status inside", () => {
    const details = [anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { reason: "QUERY_TIMED_OUT", domain: "infinure" }))];
    const status = create(StatusSchema, { code: Code.DeadlineExceeded, message: "over time", details });
    const answer = after(accepted(), step(2, { case: "failed", value: { $typeName: "infinure.ml_gateway.v1.Failed", status } }));
    expect(answer.phase).toBe("failed");
    expect(answer.problem).toMatchObject({ reason: ErrorReason.QUERY_TIMED_OUT, code: Code.DeadlineExceeded });
  });
});

describe("an answer whose connection broke for good", () => {
  const problem = { code: Code.Unavailable, reason: ErrorReason.UNSPECIFIED, message: "", fields: [], metadata: {}, retryAfterMs: undefined };

  it("is cut when the server has it, so that it can be taken up again", () => {
    expect(broken(after(accepted()), problem).phase).toBe("cut");
  });

  it("is failed when it never arrived", () => {
    expect(broken(NEW_ANSWER, problem).phase).toBe("failed");
  });

  it("stays ended when it had ended", () => {
    expect(broken(after(accepted(), completed(2)), problem).phase).toBe("completed");
  });
});
