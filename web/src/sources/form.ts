import * as z from "zod/mini";
import type { Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { TlsMode } from "@/gen/infinure/integration/v1/source_pb";
import "@/ui/zod";
import { DATABASES, type DatabaseKind } from "./source-text";

const MOST_SCHEMAS = 50;
const LONGEST_NAME = 63;
const LARGEST_MODEL = 1_048_576;

const bytes = (text: string) => new TextEncoder().encode(text).length;
const required = (message: string, most: number) => z.string().check(z.trim(), z.minLength(1, message), z.maxLength(most, `At most ${most} characters.`));

/** How long names may be, by kind. */
const LONGEST: Record<DatabaseKind, { database: number; username: number }> = {
  postgres: { database: LONGEST_NAME, username: LONGEST_NAME },
  mysql: { database: 64, username: 80 },
  clickhouse: { database: 64, username: 80 },
};

const fields = z.object({
  kind: z.enum(["postgres", "mysql", "clickhouse"]),
  name: required("Give it a name.", 255),
  host: z.string().check(
    z.trim(),
    z.minLength(1, "Enter the host’s name or address."),
    z.maxLength(253, "At most 253 characters."),
    z.regex(/^[^\s/@,]*$/, "One host name or address: no path, user, list or port."),
  ),
  port: z.string().check(
    z.trim(),
    z.refine((text) => text === "" || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535), "A number from 1 to 65535."),
  ),
  database: z.string().check(z.trim(), z.minLength(1, "Enter the database’s name.")),
  username: z.string().check(z.trim(), z.minLength(1, "Enter the user’s name.")),
  password: z.string().check(z.refine((text) => bytes(text) <= 1024, "At most 1,024 bytes.")),
  tlsMode: z.string(),
  schemas: z.string().check(
    z.refine((text) => schemasOf(text).length <= MOST_SCHEMAS, `At most ${MOST_SCHEMAS} schemas.`),
    z.refine((text) => schemasOf(text).every((name) => name.length <= LONGEST_NAME), `A schema’s name has at most ${LONGEST_NAME} characters.`),
  ),
  semanticModel: z.string().check(z.refine((text) => bytes(text) <= LARGEST_MODEL, "At most 1 MiB.")),
});

export const schema = fields.check(
  z.refine(({ kind, database }) => database.length <= LONGEST[kind].database, { path: ["database"], error: "That is longer than such a name can be." }),
  z.refine(({ kind, username }) => username.length <= LONGEST[kind].username, { path: ["username"], error: "That is longer than such a name can be." }),
);

export type Values = z.infer<typeof schema>;

export const EMPTY: Values = {
  kind: "postgres",
  name: "",
  host: "",
  port: String(DATABASES.postgres.port),
  database: "",
  username: "",
  password: "",
  tlsMode: String(TlsMode.PREFER),
  schemas: "",
  semanticModel: "",
};

/** The request for what was entered. */
export function requestOf(values: Values) {
  const { name, semanticModel } = values;
  return { name, semanticModel, configuration: { kind: kindOf(values) } };
}

function kindOf(values: Values) {
  const { kind, host, database, username, password } = values;
  const value = { host, port: Number(values.port || 0), database, username, password, tlsMode: Number(values.tlsMode) as TlsMode };
  return kind === "postgres" ? { case: kind, value: { ...value, schemas: schemasOf(values.schemas) } } : { case: kind, value };
}

/** The port to show once another kind was chosen: the new one's own, unless somebody entered another. */
export function portFor(kind: DatabaseKind, shown: string): string {
  const untouched = shown.trim() === "" || Object.values(DATABASES).some(({ port }) => String(port) === shown.trim());
  return untouched ? String(DATABASES[kind].port) : shown;
}

export function schemasOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))];
}

const BY_REASON: Partial<Record<ErrorReason, keyof Values>> = {
  [ErrorReason.SOURCE_NAME_TAKEN]: "name",
  [ErrorReason.SOURCE_UNREACHABLE]: "host",
  [ErrorReason.SOURCE_HOST_NOT_ALLOWED]: "host",
  [ErrorReason.SOURCE_CREDENTIALS_REJECTED]: "password",
  [ErrorReason.SOURCE_DATABASE_UNKNOWN]: "database",
  [ErrorReason.SOURCE_TLS_FAILED]: "tlsMode",
  [ErrorReason.SEMANTIC_MODEL_INVALID]: "semanticModel",
};

const BY_PATH: Record<string, keyof Values> = {
  name: "name",
  host: "host",
  port: "port",
  database: "database",
  username: "username",
  password: "password",
  tls_mode: "tlsMode",
  schemas: "schemas",
};

/** What to say at which field; an empty list means that it concerns none of them. */
export function fieldErrors(problem: Problem): [keyof Values, string][] {
  if (problem.reason === ErrorReason.SEMANTIC_MODEL_INVALID) return [["semanticModel", modelText(problem)]];
  const field = BY_REASON[problem.reason];
  if (field !== undefined) return [[field, problemText(problem)]];
  return problem.fields.flatMap(({ field: path, description }): [keyof Values, string][] => {
    const known = path.startsWith("semantic_model") ? "semanticModel" : BY_PATH[lastName(path)];
    return known === undefined ? [] : [[known, description]];
  });
}

/** Every mistake of the model with its place, one a line. */
function modelText(problem: Problem): string {
  const mistakes = problem.fields.map(({ field, description }) => (field === "semantic_model" ? description : `${field}: ${description}`));
  return [problemText(problem), ...mistakes].join("\n");
}

function lastName(path: string): string {
  return (path.split(".").at(-1) ?? "").replace(/\[\d+\]$/, "");
}
