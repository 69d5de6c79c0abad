import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";

const FIELDS: Record<string, string> = { question: "The question", sql: "The query", words: "The words", "expected.rows": "The expected rows" };

/** What is wrong with something that a person teaches, and what to do: a query here is their own. */
export function teachingProblem(thrown: unknown): string {
  const problem = problemOf(thrown);
  switch (problem.reason) {
    case ErrorReason.QUERY_NOT_UNDERSTOOD:
      return "This query can’t be read. Write one SELECT in the source’s own dialect.";
    case ErrorReason.QUERY_RELATION_UNKNOWN:
      return "This query names a table or column that the source doesn’t have, or that you may not see. Check the names.";
    case ErrorReason.QUERY_CONSTRUCT_REFUSED:
      return "This query does more than read, or uses what isn’t allowed. Write one plain SELECT.";
    case ErrorReason.REQUEST_INVALID: {
      const said = problem.fields.map(({ field, description }) => `${FIELDS[field] ?? field} ${description.replace(/\.$/, "")}.`);
      return said.length > 0 ? said.join(" ") : problemText(problem);
    }
    default:
      return problemText(problem);
  }
}
