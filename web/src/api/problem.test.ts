import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "@/gen/google/rpc/error_details_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { isTransient, problemOf } from "./problem";
import { problemText } from "./problem-text";

function refused(code: Code, reason: string, ...more: ConnectError["details"]): ConnectError {
  const info = { desc: ErrorInfoSchema, value: { reason, domain: "infinure", metadata: { permission: "MANAGE_SOURCES" } } };
  return new ConnectError("the server's words", code, undefined, [info, ...(more as [])]);
}

describe("a refusal", () => {
  it("is read with reason, metadata, fields and time to wait", () => {
    const error = refused(
      Code.InvalidArgument,
      "REQUEST_INVALID",
      { desc: BadRequestSchema, value: { fieldViolations: [{ field: "content", description: "too long" }] } },
      { desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n, nanos: 500_000_000 } } },
    );
    expect(problemOf(error)).toEqual({
      code: Code.InvalidArgument,
      reason: ErrorReason.REQUEST_INVALID,
      message: "the server's words",
      fields: [{ field: "content", description: "too long" }],
      metadata: { permission: "MANAGE_SOURCES" },
      retryAfterMs: 2500,
    });
  });

  it("of a later version keeps its code", () => {
    expect(problemOf(refused(Code.NotFound, "NOT_KNOWN_HERE"))).toMatchObject({ code: Code.NotFound, reason: ErrorReason.UNSPECIFIED });
  });
});

describe("the words for a problem", () => {
  it("exist for every reason that can reach a browser", () => {
    const internal = [ErrorReason.UNSPECIFIED, ErrorReason.PEER_NOT_ALLOWED];
    const reasons = Object.values(ErrorReason).filter((value): value is ErrorReason => typeof value === "number" && !internal.includes(value));
    const fallback = problemText({ ...problemOf(new Error("x")) });
    for (const reason of reasons) expect(problemText({ ...problemOf(new Error("x")), reason }), ErrorReason[reason]).not.toBe(fallback);
  });

  it("go by reason, then by code, and name the wait", () => {
    expect(problemText(problemOf(refused(Code.Unauthenticated, "CREDENTIALS_INVALID")))).toContain("don’t match");
    expect(problemText(problemOf(new ConnectError("x", Code.PermissionDenied)))).toContain("role");
    const limited = refused(Code.ResourceExhausted, "RATE_LIMITED", { desc: RetryInfoSchema, value: { retryDelay: { seconds: 30n } } });
    expect(problemText(problemOf(limited))).toContain("(30 seconds)");
  });

  it("never show the server's own", () => {
    expect(problemText(problemOf(refused(Code.Internal, "INTERNAL")))).not.toContain("the server's words");
  });

  it("say of a file what is wrong with just this one", () => {
    expect(problemText(problemOf(refused(Code.InvalidArgument, "UPLOAD_UNREADABLE")))).toBe("The server's words.");
  });
});

describe("trying again", () => {
  it.each([
    [new TypeError("Failed to fetch"), true],
    [new ConnectError("x", Code.Unavailable), true],
    [refused(Code.ResourceExhausted, "OVERLOADED"), true],
    [refused(Code.ResourceExhausted, "TOO_MANY_ANSWERS"), false],
    [refused(Code.Internal, "INTERNAL"), false],
    [new ConnectError("x", Code.NotFound), false],
  ])("after %s: %s", (error, worthIt) => {
    expect(isTransient(problemOf(error))).toBe(worthIt);
  });
});
