import type { Feedback } from "@/gen/infinure/ml_gateway/v1/learning_pb";

/** What a verdict bears on, beyond this one answer; empty where that is nothing. */
export function effectOf(feedback: Feedback | undefined, side: "in favour of" | "against"): string {
  if (feedback === undefined) return "";
  const words = feedback.synonymIds.length;
  const bears = [feedback.verifiedAnswerId === "" ? "" : "the verified answer", words === 0 ? "" : words === 1 ? "the learned word" : "the learned words"].filter((part) => part !== "");
  if (bears.length === 0) return "";
  return `It counts ${side} ${bears.join(" and ")} that ${bears.length === 1 && words < 2 ? "was" : "were"} used.`;
}
