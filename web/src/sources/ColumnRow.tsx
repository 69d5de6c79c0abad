import { ColumnRole, type Column, type Relationship } from "@/gen/infinure/integration/v1/catalog_pb";
import { Badge } from "@/ui/Badge";
import { EditableDescription } from "./EditableDescription";
import { momentText } from "./source-text";
import type { Entry } from "./catalog-change";

const MOST_SAMPLES = 6;
const ROLES: Partial<Record<ColumnRole, string>> = {
  [ColumnRole.KEY]: "Key",
  [ColumnRole.MEASURE]: "Measure",
  [ColumnRole.DIMENSION]: "Dimension",
  [ColumnRole.TIME]: "Time",
  [ColumnRole.TEXT]: "Text",
};

interface Props {
  sourceId: string;
  entry: Entry;
  column: Column;
  isKey: boolean;
  reference: Relationship | undefined;
  isDefaultTime: boolean;
  mayEdit: boolean;
}

export function ColumnRow({ sourceId, entry, column, isKey, reference, isDefaultTime, mayEdit }: Props) {
  const named = column.label !== "" && column.label.toLowerCase() !== column.name.toLowerCase();
  const role = ROLES[column.role];
  return (
    <tr className="block border-b py-1.5 sm:table-row sm:py-0 border-line/60 align-top last:border-0" data-testid="catalog-column">
      <th scope="row" className="block py-0.5 pr-4 text-left sm:table-cell sm:py-2 font-normal">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <code className="font-mono text-[0.8125rem] wrap-anywhere">{column.name}</code>
          {named && <span className="text-ink-soft">{column.label}</span>}
          {isKey && <Badge tone="accent">Primary key</Badge>}
          {role !== undefined && !isKey && <Badge>{role}</Badge>}
          {reference && <Badge>→ {reference.toTable}</Badge>}
          {isDefaultTime && <Badge tone="accent">Default date</Badge>}
          {column.sensitive && <Badge tone="warning">Sensitive</Badge>}
        </span>
        <EditableDescription sourceId={sourceId} entry={entry} description={column.description} mayEdit={mayEdit} />
        {column.synonyms.length > 0 && <p className="text-ink-faint">Also called {column.synonyms.join(", ")}</p>}
      </th>
      <td className="block py-0.5 pr-4 whitespace-nowrap sm:table-cell sm:py-2 text-ink-soft">
        {column.nativeType}
        {column.nullable && <span className="text-ink-faint"> or empty</span>}
      </td>
      <td className="block py-0.5 sm:table-cell sm:max-w-xs sm:py-2 text-ink-soft wrap-anywhere">
        {column.sensitive && <span className="text-ink-faint">Not sampled</span>}
        {valuesOf(column)}
        {column.distinctCount !== undefined && <span className="block text-xs text-ink-faint tabular-nums">{distinctText(column)}</span>}
      </td>
    </tr>
  );
}

function valuesOf(column: Column): string {
  const range = rangeOf(column);
  if (range !== "") return range;
  if (column.sampleValues.length === 0) return "";
  const shown = column.sampleValues.slice(0, MOST_SAMPLES).join(", ");
  const all = column.samplesComplete && column.sampleValues.length <= MOST_SAMPLES;
  return all ? shown : `${shown}, …`;
}

function rangeOf({ minValue, maxValue }: Column): string {
  if (minValue === "" || maxValue === "") return "";
  return minValue === maxValue ? `Always ${momentText(minValue)}` : `${momentText(minValue)} to ${momentText(maxValue)}`;
}

function distinctText({ distinctCount = 0n, samplesComplete }: Column): string {
  const values = distinctCount === 1n ? "value" : "values";
  return `${samplesComplete ? "" : "about "}${distinctCount.toLocaleString("en-US")} different ${values}`;
}
