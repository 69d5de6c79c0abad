import { warehouseNameFor } from "./files";
import type { Item } from "./queue";

/** A table of an upload on its way into the warehouse. */
export interface Load {
  key: string;
  itemId: string;
  uploadId: string;
  /** Its name in the upload. */
  table: string;
  fileName: string;
  /** Its name in the warehouse. */
  name: string;
  replace: boolean;
}

export interface LoadChoice {
  name?: string;
  replace?: boolean;
}

export const NAME_PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** What would be loaded: every table that isn't left out, under names that differ. */
export function loadsOf(items: readonly Item[], choices: Record<string, LoadChoice>): Load[] {
  const used = new Set<string>();
  return items.flatMap((item) =>
    (item.upload?.tables ?? []).filter((table) => !table.leftOut).map((table): Load => {
      const key = `${item.id} ${table.name}`;
      const choice = choices[key];
      const name = choice?.name ?? unused(warehouseNameFor(table.name), used);
      used.add(name);
      return { key, itemId: item.id, uploadId: item.upload?.id ?? "", table: table.name, fileName: item.file.name, name, replace: choice?.replace ?? false };
    }),
  );
}

function unused(name: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name.slice(0, 120)}_${number}`;
    if (!used.has(tried)) return tried;
  }
}

/** What the server would refuse, said before. */
export function loadMistake(loads: readonly Load[], load: Load): string | undefined {
  if (!NAME_PATTERN.test(load.name)) return "Letters, digits and underscores, not a digit first.";
  return loads.some((other) => other !== load && other.name === load.name) ? "Another table here has this name." : undefined;
}
