import { create, fromJson, type DescMessage, type JsonObject, type JsonValue } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "@/gen/google/rpc/error_details_pb";
import { StatusSchema, type Status } from "@/gen/google/rpc/status_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";

/** A failure as the page understands it: decided by reason, never by the server's text. */
export interface Problem {
  code: Code;
  reason: ErrorReason;
  /** The server's sentence, for what has no better text here. */
  message: string;
  /** What is wrong by field, as the request names it: "configuration.postgres.host". */
  fields: FieldProblem[];
  metadata: Record<string, string>;
  retryAfterMs: number | undefined;
}

export interface FieldProblem {
  field: string;
  description: string;
}

/** Reads a thrown value, whatever it is. */
export function problemOf(thrown: unknown): Problem {
  const error = ConnectError.from(thrown);
  const info = error.findDetails(ErrorInfoSchema)[0];
  const fields = error.findDetails(BadRequestSchema).flatMap((detail) => detail.fieldViolations);
  const retry = error.findDetails(RetryInfoSchema)[0];
  return assemble(error.code, error.rawMessage, info, fields, retry);
}

/** Reads the status inside an answer's `failed` event. */
export function problemOfStatus(status: Status | undefined): Problem {
  const { code, message, details } = status ?? create(StatusSchema);
  const info = details.map((any) => anyUnpack(any, ErrorInfoSchema)).find((detail) => detail !== undefined);
  const fields = details.flatMap((any) => anyUnpack(any, BadRequestSchema)?.fieldViolations ?? []);
  const retry = details.map((any) => anyUnpack(any, RetryInfoSchema)).find((detail) => detail !== undefined);
  return assemble(code in Code ? code : Code.Unknown, message, info, fields, retry);
}

const DETAILS: readonly DescMessage[] = [ErrorInfoSchema, BadRequestSchema, RetryInfoSchema];

/** The error in a refusal over HTTP: a google.rpc.Status as JSON or, where something before the service refused, the bare code. */
export function errorOfHttp(httpStatus: number, body: string): ConnectError {
  const status = jsonObject(body);
  const code = status?.["code"];
  if (status === undefined || typeof code !== "number" || !(code in Code)) return new ConnectError("", BY_HTTP_STATUS[httpStatus] ?? Code.Unknown);
  const message = typeof status["message"] === "string" ? status["message"] : "";
  const details = Array.isArray(status["details"]) ? status["details"].flatMap(detailOf) : [];
  return new ConnectError(message, code, undefined, details);
}

const BY_HTTP_STATUS: Partial<Record<number, Code>> = {
  400: Code.InvalidArgument,
  401: Code.Unauthenticated,
  403: Code.PermissionDenied,
  404: Code.NotFound,
  408: Code.DeadlineExceeded,
  413: Code.ResourceExhausted,
  429: Code.ResourceExhausted,
  502: Code.Unavailable,
  503: Code.Unavailable,
  504: Code.Unavailable,
};

function jsonObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A detail of a kind that isn't known here says nothing. */
function detailOf(detail: JsonValue): { desc: DescMessage; value: Record<string, unknown> }[] {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return [];
  const { "@type": type, ...fields } = detail;
  const desc = DETAILS.find(({ typeName }) => type === `type.googleapis.com/${typeName}`);
  if (desc === undefined) return [];
  try {
    return [{ desc, value: { ...fromJson(desc, fields, { ignoreUnknownFields: true }) } }];
  } catch {
    return [];
  }
}

/** Whether trying again later, unchanged, may well succeed. */
export function isTransient(problem: Problem): boolean {
  switch (problem.code) {
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Aborted:
      return true;
    case Code.Unknown:
    case Code.Internal:
    case Code.DataLoss:
      // A cut connection: fetch throws without a reason; a defect of the server names one.
      return problem.reason === ErrorReason.UNSPECIFIED;
    case Code.ResourceExhausted:
      return problem.reason === ErrorReason.RATE_LIMITED || problem.reason === ErrorReason.OVERLOADED;
    default:
      return false;
  }
}

interface Info {
  reason: string;
  metadata: Record<string, string>;
}
interface Retry {
  retryDelay?: { seconds: bigint; nanos: number } | undefined;
}

function assemble(code: Code, message: string, info: Info | undefined, fields: FieldProblem[], retry: Retry | undefined): Problem {
  const delay = retry?.retryDelay;
  return {
    code,
    reason: info === undefined ? ErrorReason.UNSPECIFIED : reasonOf(info.reason),
    message,
    fields: fields.map(({ field, description }) => ({ field, description })),
    metadata: { ...info?.metadata },
    retryAfterMs: delay === undefined ? undefined : Number(delay.seconds) * 1000 + delay.nanos / 1e6,
  };
}

function reasonOf(name: string): ErrorReason {
  const reason = (ErrorReason as Record<string, unknown>)[name];
  return typeof reason === "number" ? reason : ErrorReason.UNSPECIFIED;
}

