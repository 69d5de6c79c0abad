import type { Column, Relationship } from "@/gen/infinure/integration/v1/catalog_pb";
import { Badge } from "@/ui/Badge";

const MOST_SAMPLES = 6;

interface Props {
  column: Column;
  isKey: boolean;
  reference: Relationship | undefined;
  isDefaultTime: boolean;
}

export function ColumnRow({ column, isKey, reference, isDefaultTime }: Props) {
  const named = column.label !== "" && column.label.toLowerCase() !== column.name.toLowerCase();
  return (
    <tr className="border-b border-line/60 align-top last:border-0">
      <td className="py-1.5 pr-4">
        <code className="font-mono text-[0.8125rem]">{column.name}</code>
        {named && <span className="ml-2 text-ink-soft">{column.label}</span>}
        <span className="ml-2 inline-flex flex-wrap gap-1">
          {isKey && <Badge tone="accent">Key</Badge>}
          {reference && <Badge>→ {reference.toTable}</Badge>}
          {isDefaultTime && <Badge>Date</Badge>}
        </span>
        {column.description !== "" && <p className="max-w-md text-ink-faint">{column.description}</p>}
      </td>
      <td className="py-1.5 pr-4 whitespace-nowrap text-ink-soft">
        {column.nativeType}
        {column.nullable && <span className="text-ink-faint"> or empty</span>}
      </td>
      <td className="max-w-xs py-1.5 text-ink-soft wrap-anywhere">{valuesOf(column)}</td>
    </tr>
  );
}

function valuesOf(column: Column): string {
  if (column.sampleValues.length > 0) {
    const shown = column.sampleValues.slice(0, MOST_SAMPLES).join(", ");
    const all = column.samplesComplete && column.sampleValues.length <= MOST_SAMPLES;
    return all ? shown : `${shown}, …`;
  }
  return column.minValue !== "" && column.maxValue !== "" ? `${column.minValue} to ${column.maxValue}` : "";
}
