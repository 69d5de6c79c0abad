import { problemText } from "@/api/problem-text";
import type { Clarification } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import type { Answer } from "./answer";

/** What a screen reader says as an answer goes on: each phase once, not every word. */
export function announcement(answer: Answer): string {
  switch (answer.phase) {
    case "sending":
      return "Question sent.";
    case "running":
      return answer.reconnecting ? "Connecting again." : "Working on the answer.";
    case "cut":
      return "The connection was lost.";
    case "failed":
      return answer.problem ? problemText(answer.problem) : "The answer failed.";
    case "completed":
      if (answer.clarification) return asked(answer.clarification);
      if (answer.refusal) return answer.refusal.text;
      return `Answer ready. ${answer.sections[0]?.statements[0]?.text ?? answer.interpretation?.summary ?? ""}`;
  }
}

/** The question back with its options and the numbers that choose them. */
function asked({ question, options }: Clarification): string {
  return [question, ...options.map(({ label }, index) => `${index + 1}: ${label}.`)].join(" ");
}
