import { SourceState } from "@/gen/infinure/integration/v1/source_pb";
import { Badge, type Tone } from "@/ui/Badge";

const STATES: Partial<Record<SourceState, [Tone, string]>> = {
  [SourceState.READY]: ["success", "Ready"],
  [SourceState.CATALOGUING]: ["warning", "Being read"],
  [SourceState.FAILED]: ["danger", "Can’t be read"],
};

export function StateBadge({ state }: { state: SourceState }) {
  const [tone, text] = STATES[state] ?? ["neutral", "Unknown"];
  return <Badge tone={tone}>{text}</Badge>;
}
