import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, it, vi } from "vitest";
import { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { SourceService, type PrepareUploadRequest } from "@/gen/infinure/integration/v1/source_service_pb";
import { preparedUpload, uploadOf } from "@/testing/uploads";
import { openQueue, type Item } from "./queue";
import type { Send } from "./send";

const cut = new ConnectError("cut", Code.Aborted);
const held = (signal: AbortSignal) => new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new ConnectError("stopped", Code.Canceled))));

/** A queue over a scripted network: how each sending goes, and each reading. */
function queueOver({ sends = [], reads = [] }: { sends?: (Error | "held")[]; reads?: (Error | "cut" | "held")[] }) {
  const log: string[] = [];
  const asked: PrepareUploadRequest[] = [];
  const transport = createRouterTransport(({ rpc }) => {
    rpc(SourceService.method.prepareUpload, async function* (request, { signal }) {
      asked.push(request);
      log.push(`prepare ${request.uploadId}`);
      yield { event: { case: "progress", value: { stage: "reading rows", fraction: 0.5, rowCount: 2n } } };
      const script = reads.shift();
      if (script === "cut") return;
      if (script === "held") await held(signal);
      if (script instanceof Error) throw script;
      yield { event: { case: "upload", value: preparedUpload({ id: request.uploadId }) } };
    });
    rpc(SourceService.method.deleteUpload, ({ uploadId }) => {
      log.push(`delete ${uploadId}`);
      return {};
    });
  });
  const send: Send = async (file, onProgress, signal) => {
    log.push(`send ${file.name}`);
    onProgress(file.size);
    const script = sends.shift();
    if (script === "held") await held(signal);
    if (script instanceof Error) throw script;
    return uploadOf({ id: `upload of ${file.name}`, fileName: file.name });
  };
  let ids = 0;
  const queue = openQueue({ send, sources: createClient(SourceService, transport), now: () => 0, newId: () => String((ids += 1)) });
  const phases = () => queue.items.getState().map((item) => item.phase);
  const first = (): Item => {
    const [item] = queue.items.getState();
    if (item === undefined) throw new Error("the queue is empty");
    return item;
  };
  return { queue, log, asked, phases, first };
}

const file = (name: string) => new File(["1234"], name);

describe("files that are added", () => {
  it("are sent and read one after another", async () => {
    const { queue, log, phases, first } = queueOver({});
    queue.add([file("a"), file("b")]);
    expect(phases()).toEqual(["sending", "waiting"]);
    await vi.waitFor(() => expect(phases()).toEqual(["ready", "ready"]));
    expect(log).toEqual(["send a", "prepare upload of a", "send b", "prepare upload of b"]);
    expect(first().draft?.tables[0]?.columns.map((column) => column.name)).toEqual(["day", "amount", "customer"]);
  });

  it("are not held up by one that failed, which can be tried again", async () => {
    const { queue, phases, first, log } = queueOver({ sends: [cut] });
    queue.add([file("a"), file("b")]);
    await vi.waitFor(() => expect(phases()).toEqual(["failed", "ready"]));
    expect(first().problem?.code).toBe(Code.Aborted);
    queue.retry(first().id);
    await vi.waitFor(() => expect(phases()).toEqual(["ready", "ready"]));
    expect(log.filter((line) => line === "send a")).toHaveLength(2);
  });

  it("are not sent again when only the reading failed", async () => {
    const { queue, phases, first, log } = queueOver({ reads: ["cut"] });
    queue.add([file("a")]);
    await vi.waitFor(() => expect(phases()).toEqual(["failed"]));
    queue.retry(first().id);
    await vi.waitFor(() => expect(phases()).toEqual(["ready"]));
    expect(log).toEqual(["send a", "prepare upload of a", "prepare upload of a"]);
  });

  it("are sent again when the server no longer has them", async () => {
    const { queue, phases, first, log } = queueOver({ reads: [new ConnectError("gone", Code.NotFound)] });
    queue.add([file("a")]);
    await vi.waitFor(() => expect(phases()).toEqual(["failed"]));
    queue.retry(first().id);
    await vi.waitFor(() => expect(phases()).toEqual(["ready"]));
    expect(log.filter((line) => line === "send a")).toHaveLength(2);
  });
});

describe("stopping", () => {
  it("while it is sent leaves nothing on the server, and lets the next begin", async () => {
    const { queue, phases, first, log } = queueOver({ sends: ["held"] });
    queue.add([file("a"), file("b")]);
    queue.stop(first().id);
    await vi.waitFor(() => expect(phases()).toEqual(["stopped", "ready"]));
    expect(log).not.toContain("prepare upload of a");
  });

  it("before its turn keeps it from being sent", async () => {
    const { queue, phases, log } = queueOver({});
    queue.add([file("a"), file("b")]);
    queue.stop("2");
    await vi.waitFor(() => expect(phases()).toEqual(["ready", "stopped"]));
    expect(log).not.toContain("send b");
  });

  it("for good forgets what was sent", async () => {
    const { queue, phases, log } = queueOver({ reads: ["held"] });
    queue.add([file("a")]);
    await vi.waitFor(() => expect(phases()).toEqual(["preparing"]));
    await vi.waitFor(() => expect(log).toContain("prepare upload of a"));
    queue.remove("1");
    await vi.waitFor(() => expect(log).toContain("delete upload of a"));
    expect(queue.items.getState()).toEqual([]);
  });

  it("says nothing to the server about what became a source", async () => {
    const { queue, phases, log } = queueOver({});
    queue.add([file("a"), file("b")]);
    await vi.waitFor(() => expect(phases()).toEqual(["ready", "ready"]));
    queue.release(["1"]);
    queue.clear();
    await vi.waitFor(() => expect(log).toContain("delete upload of b"));
    expect(log).not.toContain("delete upload of a");
  });
});

describe("reading again", () => {
  it("asks for what was corrected, and stays at what was asked", async () => {
    const { queue, phases, first, asked } = queueOver({});
    queue.add([file("a")]);
    await vi.waitFor(() => expect(phases()).toEqual(["ready"]));
    const { draft } = first();
    const [table] = draft?.tables ?? [];
    if (draft === undefined || table === undefined) throw new Error("nothing was read");
    queue.edit("1", { ...draft, tables: [{ ...table, columns: table.columns.map((column, index) => (index === 0 ? { ...column, type: ColumnType.TEXT } : column)) }] });
    queue.readAgain("1");
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await vi.waitFor(() => expect(phases()).toEqual(["ready"]));
    expect(asked[1]?.reading?.tables).toMatchObject([{ columns: [{ origin: "Day", type: ColumnType.TEXT }] }]);
    expect(first().asked.tables).toHaveLength(1);
  });

  it("that fails shows what was read before, with what went wrong", async () => {
    const reads: Error[] = [];
    const { queue, phases, first } = queueOver({ reads });
    queue.add([file("a")]);
    await vi.waitFor(() => expect(phases()).toEqual(["ready"]));
    reads.push(new ConnectError("broken", Code.InvalidArgument));
    queue.readAgain("1");
    await vi.waitFor(() => expect(phases()).toEqual(["failed"]));
    expect(first()).toMatchObject({ problem: { code: Code.InvalidArgument }, upload: { prepared: true } });
  });
});
