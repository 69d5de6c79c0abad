import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { BadRequestSchema, ErrorInfoSchema } from "@/gen/google/rpc/error_details_pb";
import { teachingProblem } from "./problem";

const refused = (reason: string, ...fields: { field: string; description: string }[]) =>
  new ConnectError("the server's words", Code.InvalidArgument, undefined, [
    { desc: ErrorInfoSchema, value: { reason, domain: "infinure", metadata: {} } },
    { desc: BadRequestSchema, value: { fieldViolations: fields } },
  ]);

it("of one's own query say what to mend in it", () => {
  expect(teachingProblem(refused("QUERY_NOT_UNDERSTOOD"))).toContain("Write one SELECT");
  expect(teachingProblem(refused("QUERY_RELATION_UNKNOWN"))).toContain("Check the names");
});

it("name the field in the words of the form", () => {
  const wrong = refused("REQUEST_INVALID", { field: "question", description: "must have the same numbers" });
  expect(teachingProblem(wrong)).toBe("The question must have the same numbers.");
});

it("are otherwise those of every page", () => {
  expect(teachingProblem(refused("SYNONYM_EXISTS"))).toContain("learned already");
  expect(teachingProblem(refused("REQUEST_INVALID"))).not.toContain("the server's words");
});
