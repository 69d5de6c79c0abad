import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { openSend } from "./send";

interface Answered {
  status: number;
  text: string;
}

/** The browser's request as far as it is used, answered by a script: a reply, a cut, or nothing. */
class ScriptedRequest {
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  private line = "";
  private readonly headers: Record<string, string> = {};

  constructor(
    private readonly reply: Answered | "cut" | "never",
    private readonly log: string[],
  ) {}
  open(method: string, url: string) {
    this.line = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: File) {
    this.log.push(`${this.line} ${this.headers["authorization"] ?? ""} ${body.size}`);
    queueMicrotask(() => {
      this.upload.onprogress?.({ loaded: body.size });
      if (this.reply === "cut") this.onerror?.();
      else if (this.reply !== "never") {
        this.status = this.reply.status;
        this.responseText = this.reply.text;
        this.onload?.();
      }
    });
  }
  abort() {
    this.log.push("aborted");
    this.onabort?.();
  }
}

const session = { token: () => Promise.resolve("old"), renew: () => Promise.resolve("new") };
const file = new File(["a,b\n1,2\n"], "a b/ü?.csv");
const kept = { status: 200, text: JSON.stringify({ upload: { id: "u1", fileName: file.name, byteCount: "8", somethingNew: 1 } }) };

function send(replies: (Answered | "cut" | "never")[], signal = new AbortController().signal) {
  const log: string[] = [];
  const progress: number[] = [];
  const open = openSend("https://here", session, () => new ScriptedRequest(replies.shift() ?? "cut", log) as unknown as XMLHttpRequest);
  return { log, progress, result: open(file, (sent) => progress.push(sent), signal) };
}

describe("sending a file", () => {
  it("is one POST of its bytes with the token, which tells its progress", async () => {
    const { log, progress, result } = send([kept]);
    expect(await result).toMatchObject({ id: "u1", byteCount: 8n });
    expect(log).toEqual(["POST https://here/v1/integrations/uploads/a%20b%2F%C3%BC%3F.csv Bearer old 8"]);
    expect(progress).toEqual([8]);
  });

  it("renews a refused token once", async () => {
    const { log, result } = send([{ status: 401, text: "" }, kept]);
    expect(await result).toMatchObject({ id: "u1" });
    expect(log[1]).toContain("Bearer new");
    const twice = send([{ status: 401, text: "" }, { status: 401, text: "Jwt is expired" }]);
    await expect(twice.result.catch((thrown: unknown) => problemOf(thrown).code)).resolves.toBe(Code.Unauthenticated);
  });

  it("is refused with the service's reason, and in the page's words", async () => {
    const info = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "UPLOAD_TOO_LARGE", domain: "infinure", metadata: { limit_bytes: "2000000" } };
    const text = JSON.stringify({ code: 8, message: "its words", details: [{ "@type": "type.googleapis.com/some.Unknown", x: 1 }, info] });
    const problem = problemOf(await send([{ status: 429, text }]).result.catch((thrown: unknown) => thrown));
    expect(problem).toMatchObject({ code: Code.ResourceExhausted, reason: ErrorReason.UPLOAD_TOO_LARGE, metadata: { limit_bytes: "2000000" } });
    expect(problemText(problem)).toContain("(At most 2 MB.)");
  });

  it("that something on the way refuses goes by the bare status", async () => {
    const problem = problemOf(await send([{ status: 503, text: "<html>no healthy upstream" }]).result.catch((thrown: unknown) => thrown));
    expect(problem).toMatchObject({ code: Code.Unavailable, reason: ErrorReason.UNSPECIFIED });
  });

  it("that is cut says that nothing was kept", async () => {
    const problem = problemOf(await send(["cut"]).result.catch((thrown: unknown) => thrown));
    expect(problem.reason).toBe(ErrorReason.UPLOAD_INTERRUPTED);
  });

  it("without a byte isn't begun", async () => {
    const open = openSend("https://here", session, () => {
      throw new Error("nothing is to be sent");
    });
    const empty = open(new File([], "empty.csv"), () => undefined, new AbortController().signal);
    expect(problemOf(await empty.catch((thrown: unknown) => thrown)).reason).toBe(ErrorReason.UPLOAD_EMPTY);
  });

  it("ends when it is stopped", async () => {
    const aborter = new AbortController();
    const { log, result } = send(["never"], aborter.signal);
    setTimeout(() => aborter.abort());
    expect(problemOf(await result.catch((thrown: unknown) => thrown)).code).toBe(Code.Canceled);
    expect(log.at(-1)).toBe("aborted");
  });
});
