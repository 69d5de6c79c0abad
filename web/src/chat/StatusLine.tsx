import { Stage } from "@/gen/infinure/ml_gateway/v1/answer_event_pb";
import type { Answer } from "./answer";

const STAGES: Partial<Record<Stage, string>> = {
  [Stage.READING_CATALOG]: "Looking at the data there is",
  [Stage.UNDERSTANDING]: "Reading the question",
  [Stage.QUERYING]: "Asking the database",
  [Stage.PRESENTING]: "Preparing the answer",
};

/** What is being done just now. */
export function StatusLine({ answer }: { answer: Answer }) {
  return (
    <p className="flex items-center gap-2.5 text-sm text-ink-faint" data-testid="status">
      <span className="size-2 animate-breathe rounded-full bg-accent" aria-hidden="true" />
      {statusText(answer)}
    </p>
  );
}

function statusText({ stopping, reconnecting, phase, status }: Answer): string {
  if (stopping) return "Stopping";
  if (reconnecting) return "The connection was cut. Connecting again";
  if (phase === "sending") return "Sending";
  return (status && (status.text || STAGES[status.stage])) ?? "Working";
}
