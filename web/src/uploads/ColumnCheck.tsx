import { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import type { UploadedColumn } from "@/gen/infinure/integration/v1/upload_pb";
import { classes } from "@/ui/classes";
import { Input, Select } from "@/ui/Input";
import { count, typeText } from "./item-text";
import type { ColumnDraft } from "./reading";

interface Props {
  column: UploadedColumn;
  draft: ColumnDraft;
  onChange: (draft: ColumnDraft) => void;
}

const MOST_SAMPLES = 4;

/** One column: whether it is kept, what it is called, what its values are. */
export function ColumnCheck({ column, draft, onChange }: Props) {
  const types = typesOf(column, draft);
  return (
    <li className="grid gap-x-3 gap-y-1.5 px-3 py-2 text-sm sm:grid-cols-[1rem_minmax(8rem,14rem)_minmax(8rem,11rem)_minmax(0,1fr)] sm:items-center" data-testid="uploaded-column">
      <label className="flex items-center gap-2 sm:contents">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={`Keep the column ${column.name}`}
          checked={!draft.leftOut}
          onChange={(event) => onChange({ ...draft, leftOut: !event.target.checked })}
          data-testid="keep-column"
        />
        <span className="text-ink-faint sm:hidden">Keep</span>
      </label>
      <Input
        className="h-8! font-mono text-[0.8125rem]"
        aria-label={`Name of the column ${column.name}`}
        title={column.origin}
        value={draft.name}
        maxLength={128}
        disabled={draft.leftOut}
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, name: event.target.value })}
        data-testid="column-name"
      />
      <Select className="h-8! px-2!" aria-label={`Type of the column ${column.name}`} value={draft.type} disabled={draft.leftOut} onChange={(event) => onChange({ ...draft, type: Number(event.target.value) })} data-testid="column-type">
        {types.map((type) => (
          <option key={type} value={type}>
            {typeText(type)}
          </option>
        ))}
      </Select>
      <div className={classes("min-w-0", draft.leftOut && "opacity-50")}>
        <p className="truncate text-ink-soft" title={column.sampleValues.join("\n")}>
          {column.sampleValues.length > 0 ? column.sampleValues.slice(0, MOST_SAMPLES).join(", ") : <span className="text-ink-faint">No values shown</span>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
          {column.note !== "" && <span data-testid="column-note">{column.note}</span>}
          {column.emptyCount > 0n && <span>{count(column.emptyCount, "empty value")}</span>}
          {column.unfitCount > 0n && <span className="font-medium text-warning">{count(column.unfitCount, "value doesn’t fit and becomes empty", "values don’t fit and become empty")}</span>}
        </p>
      </div>
    </li>
  );
}

/** The types that every value can be read as, and what it is now. */
function typesOf(column: UploadedColumn, draft: ColumnDraft): ColumnType[] {
  return [...new Set([draft.type, column.type, ...column.possibleTypes])].filter((type) => type !== ColumnType.UNSPECIFIED).sort((a, b) => a - b);
}
