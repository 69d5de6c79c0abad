import { Code, ConnectError } from "@connectrpc/connect";
import type { Status } from "@/gen/google/rpc/status_pb";
import type { Progress } from "@/gen/infinure/integration/v1/upload_pb";

/** An event of a call that tells its progress and ends with one result. */
interface Told<T> {
  event: { case: "progress"; value: Progress } | { case: "failed"; value: Status } | T | { case: undefined; value?: undefined };
}

/** Reads such a call to its end. */
export async function resultOf<T extends { case: string; value: unknown }>(stream: AsyncIterable<Told<T>>, onProgress: (progress: Progress) => void): Promise<T["value"]> {
  for await (const { event } of stream) {
    if (event.case === "progress") onProgress(event.value as Progress);
    // After `failed` the call ends with the same status, which is thrown.
    else if (event.case !== undefined && event.case !== "failed") return event.value;
  }
  throw new ConnectError("the stream ended without a result", Code.Unavailable);
}
