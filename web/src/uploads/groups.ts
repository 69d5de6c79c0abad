import { FileFormat } from "@/gen/infinure/integration/v1/upload_pb";
import { sourceNameFor } from "./files";
import type { Item } from "./queue";

/** Files that become one source. */
export interface Group {
  /** The first file's id: names that were typed are kept by it. */
  key: string;
  items: Item[];
  name: string;
}

/** Which files become which sources. A SQLite file always makes one alone. */
export function groupsOf(items: readonly Item[], together: boolean, typed: Record<string, string>, taken: readonly string[]): Group[] {
  const alone = (item: Item) => !together || item.upload?.format === FileFormat.SQLITE;
  const joined = items.filter((item) => !alone(item));
  const parts = [...(joined.length > 0 ? [joined] : []), ...items.filter(alone).map((item) => [item])];
  const names = [...taken];
  return parts.map((part) => {
    const key = part[0]?.id ?? "";
    const name = typed[key] ?? sourceNameFor(part.map((item) => item.file.name), names);
    names.push(name);
    return { key, items: part, name };
  });
}
