/** What was dropped: files, and the names of folders, which can't be sent. */
export interface Dropped {
  files: File[];
  folders: string[];
}

/** Must be read at once: after the event the browser empties it. */
export function droppedIn(transfer: DataTransfer): Dropped {
  const dropped: Dropped = { files: [], folders: [] };
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) dropped.folders.push(entry.name);
    else if (file !== null) dropped.files.push(file);
  }
  return dropped;
}

export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

/** The name without its ending. */
export function stemOf(fileName: string): string {
  const stem = fileName.replace(/(?<=.)\.[^.\s]{1,8}$/, "");
  return stem.trim() || fileName;
}

const LONGEST_NAME = 255;

/** A name for a source of these files that no other source has. */
export function sourceNameFor(fileNames: readonly string[], taken: readonly string[]): string {
  const [first = "Files", ...others] = fileNames.map(stemOf);
  const more = others.length === 0 ? "" : others.length === 1 ? ` and ${others[0] ?? ""}` : ` and ${others.length} more`;
  const name = `${first}${more}`.slice(0, LONGEST_NAME - 5);
  const known = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name} ${number}`;
    if (!known.has(tried.toLowerCase())) return tried;
  }
}

/** A table's name as the warehouse takes it: letters, digits and underscores, not a digit first. */
export function warehouseNameFor(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "").toLowerCase();
  const named = plain === "" ? "table" : plain;
  return (/^\d/.test(named) ? `t_${named}` : named).slice(0, 128);
}
