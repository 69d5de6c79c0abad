import { Code } from "@connectrpc/connect";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SourceClient } from "@/api/clients";
import { problemOf, type Problem } from "@/api/problem";
import type { FileReading, Progress, Upload } from "@/gen/infinure/integration/v1/upload_pb";
import { moved, paceOf, type Pace } from "./pace";
import { draftOf, NOTHING_ASKED, readingOf, type Draft } from "./reading";
import type { Send } from "./send";
import { resultOf } from "./stream";

/** A file on its way to become tables. */
export interface Item {
  id: string;
  file: File;
  phase: "waiting" | "sending" | "preparing" | "ready" | "failed" | "stopped";
  pace: Pace;
  /** While it is prepared: how far that has come. */
  progress: Progress | undefined;
  /** There once all bytes are; with its tables once it was prepared. A later failure leaves what was shown. */
  upload: Upload | undefined;
  /** The corrections that the shown tables were read with. */
  asked: FileReading;
  draft: Draft | undefined;
  problem: Problem | undefined;
}

/** The files that are being added. They go one after another: together none would be faster. */
export interface Queue {
  items: StoreApi<Item[]>;
  add(files: readonly File[]): void;
  /** Ends what is under way for one file; it can be taken up again. */
  stop(id: string): void;
  /** Takes a file up again where it failed or was stopped. */
  retry(id: string): void;
  edit(id: string, draft: Draft): void;
  /** Reads a file again as its draft says. */
  readAgain(id: string): void;
  /** Stops, and forgets what the server keeps of it. */
  remove(id: string): void;
  /** Uploads that became sources are no longer anybody's to forget. */
  release(ids: readonly string[]): void;
  /** Removes all. */
  clear(): void;
  /** Stops all and says nothing to the server: whoever sent them is gone. */
  forget(): void;
}

export interface QueuePorts {
  send: Send;
  sources: Pick<SourceClient, "prepareUpload" | "deleteUpload">;
  now: () => number;
  newId: () => string;
}

const UNDER_WAY = new Set<Item["phase"]>(["sending", "preparing"]);

export function isUnderWay(item: Item): boolean {
  return item.phase === "waiting" || UNDER_WAY.has(item.phase);
}

export function openQueue({ send, sources, now, newId }: QueuePorts): Queue {
  const items = createStore<Item[]>(() => []);
  const aborters = new Map<string, AbortController>();

  const find = (id: string) => items.getState().find((item) => item.id === id);
  const put = (id: string, change: Partial<Item>) =>
    items.setState(items.getState().map((item) => (item.id === id ? { ...item, ...change } : item)), true);
  const drop = (ids: readonly string[]) => items.setState(items.getState().filter((item) => !ids.includes(item.id)), true);

  /** Starts the next file if none is under way. */
  function pump(): void {
    if (aborters.size > 0) return;
    const next = items.getState().find((item) => item.phase === "waiting");
    if (next !== undefined) void run(next);
  }

  async function run(item: Item): Promise<void> {
    const aborter = new AbortController();
    aborters.set(item.id, aborter);
    try {
      const upload = item.upload ?? (await transfer(item, aborter.signal));
      const asked = item.draft && item.upload ? readingOf(item.draft, item.upload, item.asked) : item.asked;
      put(item.id, { phase: "preparing", upload, progress: undefined });
      const prepared = await prepare(item.id, upload.id, asked, aborter.signal);
      put(item.id, { phase: "ready", upload: prepared, asked, draft: draftOf(prepared, asked), progress: undefined });
    } catch (thrown) {
      put(item.id, aborter.signal.aborted ? { phase: "stopped" } : failed(problemOf(thrown)));
    } finally {
      if (aborters.get(item.id) === aborter) aborters.delete(item.id);
      pump();
    }
  }

  /** What the server no longer keeps is sent anew when it is tried again. */
  function failed(problem: Problem): Partial<Item> {
    return { phase: "failed", problem, ...(problem.code === Code.NotFound ? { upload: undefined, draft: undefined } : {}) };
  }

  async function transfer(item: Item, signal: AbortSignal): Promise<Upload> {
    let pace = paceOf(item.file.size, now());
    put(item.id, { phase: "sending", pace });
    const onProgress = (sentBytes: number) => {
      pace = moved(pace, sentBytes, now());
      put(item.id, { pace });
    };
    const upload = await send(item.file, onProgress, signal);
    // It came whole, and was stopped or removed at the same moment.
    if (signal.aborted) discard(upload.id);
    signal.throwIfAborted();
    return upload;
  }

  async function prepare(id: string, uploadId: string, reading: FileReading, signal: AbortSignal): Promise<Upload> {
    return resultOf<{ case: "upload"; value: Upload }>(sources.prepareUpload({ uploadId, reading }, { signal }), (progress) => put(id, { progress }));
  }

  /** What can't be deleted now the server forgets after a while. */
  function discard(uploadId: string): void {
    sources.deleteUpload({ uploadId }).catch(() => undefined);
  }

  function takeUp(id: string): void {
    put(id, { phase: "waiting", problem: undefined });
    pump();
  }

  function remove(id: string): void {
    const upload = find(id)?.upload;
    drop([id]);
    aborters.get(id)?.abort();
    if (upload !== undefined) discard(upload.id);
  }

  return {
    items,
    add: (files) => {
      const added = files.map((file): Item => ({
        id: newId(), file, phase: "waiting", pace: paceOf(file.size, now()), progress: undefined, upload: undefined, asked: NOTHING_ASKED, draft: undefined, problem: undefined,
      }));
      items.setState([...items.getState(), ...added], true);
      pump();
    },
    stop: (id) => {
      const aborter = aborters.get(id);
      if (aborter === undefined) put(id, { phase: "stopped" });
      else aborter.abort();
    },
    retry: takeUp,
    edit: (id, draft) => put(id, { draft }),
    readAgain: takeUp,
    remove,
    release: drop,
    clear: () => items.getState().forEach((item) => remove(item.id)),
    forget: () => {
      items.setState([], true);
      aborters.forEach((aborter) => aborter.abort());
    },
  };
}
