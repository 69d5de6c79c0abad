import { fromJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@/gen/google/rpc/error_details_pb";
import { UploadFileResponseSchema } from "@/gen/infinure/integration/v1/source_service_pb";
import type { Upload } from "@/gen/infinure/integration/v1/upload_pb";
import type { TokenSource } from "@/api/bearer";
import { errorOfHttp } from "@/api/problem";

/** Sends a file; rejects with what problemOf reads. */
export type Send = (file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal) => Promise<Upload>;

/**
 * The one request that is written by hand: gRPC-web can't stream a file up, and fetch tells no progress. A token that was
 * refused is renewed once.
 */
export function openSend(baseUrl: string, session: TokenSource, open: () => XMLHttpRequest): Send {
  return async (file, onProgress, signal) => {
    // The service would say the same, after a round trip.
    if (file.size === 0) throw refused(Code.InvalidArgument, "UPLOAD_EMPTY");
    const url = `${baseUrl}/v1/integrations/uploads/${encodeURIComponent(file.name)}`;
    const token = await session.token();
    const reply = await post(open(), url, token, file, onProgress, signal);
    if (reply.status !== 401) return uploadOf(reply);
    return uploadOf(await post(open(), url, await session.renew(token), file, onProgress, signal));
  };
}

interface Reply {
  status: number;
  text: string;
}

function post(request: XMLHttpRequest, url: string, token: string, file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const abort = () => request.abort();
    const settled = (settle: () => void) => () => {
      signal.removeEventListener("abort", abort);
      settle();
    };
    if (signal.aborted) {
      reject(stopped());
      return;
    }
    request.open("POST", url);
    request.setRequestHeader("authorization", `Bearer ${token}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = settled(() => resolve({ status: request.status, text: request.responseText }));
    request.onerror = settled(() => reject(refused(Code.Aborted, "UPLOAD_INTERRUPTED")));
    request.onabort = settled(() => reject(stopped()));
    signal.addEventListener("abort", abort);
    request.send(file);
  });
}

function uploadOf({ status, text }: Reply): Upload {
  if (status !== 200) throw errorOfHttp(status, text);
  const { upload } = fromJsonString(UploadFileResponseSchema, text, { ignoreUnknownFields: true });
  if (upload === undefined) throw new ConnectError("no upload in the reply", Code.Internal);
  return upload;
}

function refused(code: Code, reason: string): ConnectError {
  return new ConnectError("", code, undefined, [{ desc: ErrorInfoSchema, value: { reason, domain: "infinure" } }]);
}

function stopped(): ConnectError {
  return new ConnectError("stopped", Code.Canceled);
}
