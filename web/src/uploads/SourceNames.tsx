import type { Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { FileFormat } from "@/gen/infinure/integration/v1/upload_pb";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Radio } from "@/ui/Radio";
import type { Group } from "./groups";

interface Props {
  groups: Group[];
  together: boolean;
  onTogether: (together: boolean) => void;
  onName: (key: string, name: string) => void;
  disabled: boolean;
  /** What went wrong with the first of the groups. */
  problem: Problem | undefined;
}

/** What the new sources are called, and which files go into which. */
export function SourceNames({ groups, together, onTogether, onName, disabled, problem }: Props) {
  const items = groups.flatMap((group) => group.items);
  const joinable = items.filter((item) => item.upload?.format !== FileFormat.SQLITE).length > 1;
  const nameProblem = problem?.reason === ErrorReason.SOURCE_NAME_TAKEN || problem?.fields.some(({ field }) => field.endsWith("name")) === true;
  return (
    <fieldset disabled={disabled} className="grid min-w-0 gap-4 rounded-xl border border-line bg-surface px-4 py-4">
      <legend className="sr-only">The new data source</legend>
      {joinable && (
        <div role="radiogroup" aria-label="Files and sources" className="flex flex-wrap gap-x-6 text-sm">
          <Radio name="together" checked={together} onChoose={() => onTogether(true)}>
            One source of all files: questions can join their tables
          </Radio>
          <Radio name="together" checked={!together} onChoose={() => onTogether(false)}>
            One source for each file
          </Radio>
        </div>
      )}
      {groups.map((group, index) => (
        <Field
          key={group.key}
          label={groups.length === 1 ? "Name of the source" : `Name of the source of ${group.items.map((item) => item.file.name).join(", ")}`}
          error={group.name.trim() === "" ? "Give it a name." : nameProblem && index === 0 ? problemText(problem) : undefined}
        >
          {(control) => <Input {...control} value={group.name} maxLength={255} onChange={(event) => onName(group.key, event.target.value)} data-testid="source-name" />}
        </Field>
      ))}
      {problem !== undefined && !nameProblem && <Notice alert>{problemText(problem)}</Notice>}
    </fieldset>
  );
}
