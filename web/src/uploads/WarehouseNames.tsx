import type { Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { loadMistake, type Load, type LoadChoice } from "./loads";

interface Props {
  loads: Load[];
  onChoose: (key: string, choice: LoadChoice) => void;
  disabled: boolean;
  /** The load that failed, and why. */
  failed: { key: string; problem: Problem } | undefined;
}

/** What the files' tables are called in the warehouse. */
export function WarehouseNames({ loads, onChoose, disabled, failed }: Props) {
  return (
    <fieldset disabled={disabled} className="grid min-w-0 gap-4 rounded-xl border border-line bg-surface px-4 py-4" data-testid="warehouse-names">
      <legend className="sr-only">Tables in the warehouse</legend>
      <p className="text-sm text-ink-soft">The warehouse keeps all that was loaded together as one fast data source; questions can join its tables.</p>
      {loads.map((load) => (
        <div key={load.key} className="grid gap-1.5">
          <Field label={`Table for ${load.table} of ${load.fileName}`} error={loadMistake(loads, load) ?? (failed?.key === load.key ? problemText(failed.problem) : undefined)}>
            {(control) => (
              <Input {...control} value={load.name} maxLength={128} className="font-mono" autoCapitalize="off" spellCheck={false} onChange={(event) => onChoose(load.key, { name: event.target.value, replace: load.replace })} data-testid="warehouse-name" />
            )}
          </Field>
          <label className="flex w-fit items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-accent" checked={load.replace} onChange={(event) => onChoose(load.key, { name: load.name, replace: event.target.checked })} data-testid="warehouse-replace" />
            Replace a table of this name
          </label>
        </div>
      ))}
    </fieldset>
  );
}
