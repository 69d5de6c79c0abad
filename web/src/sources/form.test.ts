import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { Problem } from "@/api/problem";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { TlsMode } from "@/gen/infinure/integration/v1/source_pb";
import { EMPTY, fieldErrors, portFor, requestOf, schema } from "./form";

const FILLED = { ...EMPTY, name: " Shop ", host: " db.example.com ", database: "shop", username: "reader", password: " kept as it is ", schemas: "public, sales\npublic" };
const problem = (fields: Partial<Problem>): Problem => ({
  code: Code.InvalidArgument, reason: ErrorReason.REQUEST_INVALID, message: "", fields: [], metadata: {}, retryAfterMs: undefined, ...fields,
});

describe("what is entered", () => {
  it("becomes a request, trimmed but for the password", () => {
    expect(requestOf(schema.parse(FILLED))).toEqual({
      name: "Shop",
      semanticModel: "",
      configuration: {
        kind: {
          case: "postgres",
          value: { host: "db.example.com", port: 5432, database: "shop", username: "reader", password: " kept as it is ", tlsMode: TlsMode.PREFER, schemas: ["public", "sales"] },
        },
      },
    });
  });

  it("names the kind that was chosen, and schemas only where there are any", () => {
    const { configuration } = requestOf(schema.parse({ ...FILLED, kind: "mysql", port: "" }));
    expect(configuration.kind).toEqual({ case: "mysql", value: { host: "db.example.com", port: 0, database: "shop", username: "reader", password: " kept as it is ", tlsMode: TlsMode.PREFER } });
  });

  it("is held to the lengths of its kind", () => {
    const username = "u".repeat(80);
    expect(schema.safeParse({ ...FILLED, username }).success).toBe(false);
    expect(schema.safeParse({ ...FILLED, kind: "clickhouse", username }).success).toBe(true);
  });

  it("keeps a port that somebody entered when the kind changes", () => {
    expect(portFor("mysql", "5432")).toBe("3306");
    expect(portFor("clickhouse", "")).toBe("8123");
    expect(portFor("mysql", "15432")).toBe("15432");
  });

  it.each([
    ["host", "postgres://db", "user@host"],
    ["port", "0", "65536", "x"],
    ["name", "  "],
    ["database", ""],
    ["username", "u".repeat(64)],
  ])("is refused at %s", (field, ...values) => {
    for (const value of values) {
      const issues = schema.safeParse({ ...FILLED, [field]: value }).error?.issues ?? [];
      expect(issues.map((issue) => issue.path[0]), value).toEqual([field]);
    }
  });
});

describe("a refusal of the server", () => {
  it("is shown at the field that it concerns", () => {
    expect(fieldErrors(problem({ reason: ErrorReason.SOURCE_CREDENTIALS_REJECTED }))[0]?.[0]).toBe("password");
    const fields = [{ field: "configuration.postgres.schemas[2]", description: "too long" }];
    expect(fieldErrors(problem({ fields }))).toEqual([["schemas", "too long"]]);
  });

  it("of a model names every place", () => {
    const fields = [{ field: "tables.orders", description: "no such table" }];
    const [[field, text] = []] = fieldErrors(problem({ reason: ErrorReason.SEMANTIC_MODEL_INVALID, fields }));
    expect(field).toBe("semanticModel");
    expect(text).toContain("tables.orders: no such table");
  });

  it("that concerns no field is left to the form", () => {
    expect(fieldErrors(problem({ reason: ErrorReason.SOURCE_LIMIT_REACHED }))).toEqual([]);
  });
});
