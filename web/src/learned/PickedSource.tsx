import { useState } from "react";
import { useSources } from "@/chat/queries";
import { SourceState, type Source } from "@/gen/infinure/integration/v1/source_pb";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Input";

/** The source that something is taught of: the given one, the only one there is, or the one that is picked. */
export function usePickedSource(given: string) {
  const sources = (useSources().data ?? []).filter((one) => one.state === SourceState.READY);
  const [picked, pick] = useState(given);
  const sourceId = picked || (sources.length === 1 ? (sources[0]?.id ?? "") : "");
  return { sources, sourceId, pick };
}

interface Props {
  label: string;
  sources: readonly Source[];
  sourceId: string;
  onPick: (sourceId: string) => void;
  testId: string;
}

export function PickedSource({ label, sources, sourceId, onPick, testId }: Props) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={sourceId} onChange={(event) => onPick(event.target.value)} data-testid={testId}>
          <option value="">Choose a source</option>
          {sources.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
