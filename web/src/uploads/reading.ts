import { create } from "@bufbuild/protobuf";
import type { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import {
  BrokenRows,
  ColumnReadingSchema,
  FileReadingSchema,
  TableReadingSchema,
  type ColumnReading,
  type FileReading,
  type TableReading,
  type Upload,
  type UploadedColumn,
  type UploadedTable,
} from "@/gen/infinure/integration/v1/upload_pb";

/** What the person at the page has chosen for a file so far: at first, what was found. */
export interface Draft {
  /** Empty: found out from the file. */
  delimiter: string;
  /** Empty: found out from the file. */
  encoding: string;
  /** Undefined: found out from the file. */
  hasHeader: boolean | undefined;
  brokenRows: BrokenRows;
  tables: TableDraft[];
}

export interface TableDraft {
  name: string;
  leftOut: boolean;
  columns: ColumnDraft[];
}

export interface ColumnDraft {
  name: string;
  type: ColumnType;
  leftOut: boolean;
}

export const NOTHING_ASKED: FileReading = create(FileReadingSchema);

export function draftOf(upload: Upload, asked: FileReading): Draft {
  return {
    delimiter: asked.delimiter,
    encoding: asked.encoding,
    hasHeader: asked.hasHeader,
    brokenRows: asked.brokenRows === BrokenRows.REFUSE ? BrokenRows.REFUSE : BrokenRows.SKIP,
    tables: upload.tables.map((table) => ({
      name: table.name,
      leftOut: table.leftOut,
      columns: table.columns.map(({ name, type, leftOut }) => ({ name, type, leftOut })),
    })),
  };
}

/** Whether the file must be read again before what is shown is what was chosen. */
export function isChanged(draft: Draft, upload: Upload, asked: FileReading): boolean {
  return JSON.stringify(draft) !== JSON.stringify(draftOf(upload, asked));
}

/** Whether the choice parts the text in another way, so that its columns are others. */
export function isCutAnew(draft: Draft, asked: FileReading): boolean {
  return draft.delimiter !== asked.delimiter || draft.encoding !== asked.encoding || draft.hasHeader !== asked.hasHeader;
}

/** What to ask for: what was asked before, and what was changed since. Corrections of columns that are cut anew fall away. */
export function readingOf(draft: Draft, upload: Upload, asked: FileReading): FileReading {
  const { delimiter, encoding, hasHeader, brokenRows } = draft;
  const tables = isCutAnew(draft, asked) ? [] : upload.tables.flatMap((table, index) => correctionOf(draft.tables[index], table, asked.tables) ?? []);
  return create(FileReadingSchema, { delimiter, encoding, brokenRows, tables, ...(hasHeader === undefined ? {} : { hasHeader }) });
}

function correctionOf(draft: TableDraft | undefined, shown: UploadedTable, asked: TableReading[]): TableReading | undefined {
  if (draft === undefined) return undefined;
  const before = asked.find(({ origin }) => origin === shown.origin);
  const name = draft.name === shown.name ? (before?.name ?? "") : draft.name.trim();
  const leftOut = draft.leftOut === shown.leftOut ? (before?.leftOut ?? false) : draft.leftOut;
  const columns = shown.columns.flatMap((column, index) => columnCorrection(draft.columns[index], column, before?.columns ?? []) ?? []);
  if (name === "" && !leftOut && columns.length === 0) return undefined;
  return create(TableReadingSchema, { origin: shown.origin, name, leftOut, columns });
}

function columnCorrection(draft: ColumnDraft | undefined, shown: UploadedColumn, asked: ColumnReading[]): ColumnReading | undefined {
  if (draft === undefined) return undefined;
  const before = asked.find(({ origin }) => origin === shown.origin);
  const name = draft.name === shown.name ? (before?.name ?? "") : draft.name.trim();
  const type = draft.type === shown.type ? (before?.type ?? 0) : draft.type;
  const leftOut = draft.leftOut === shown.leftOut ? (before?.leftOut ?? false) : draft.leftOut;
  if (name === "" && type === 0 && !leftOut) return undefined;
  return create(ColumnReadingSchema, { origin: shown.origin, name, type, leftOut });
}

/** What can't be read so: said before it is asked for. */
export function mistakeOf(draft: Draft): string | undefined {
  const kept = draft.tables.filter((table) => !table.leftOut);
  if (kept.length === 0) return "Keep at least one table.";
  const bare = kept.find((table) => table.columns.length > 0 && table.columns.every((column) => column.leftOut));
  if (bare) return `Keep at least one column of ${bare.name}, or leave the table out.`;
  for (const table of kept) {
    if (table.name.trim() === "") return "Every table needs a name.";
    const names = table.columns.filter((column) => !column.leftOut).map((column) => column.name.trim());
    if (names.includes("")) return `Every column of ${table.name} needs a name.`;
    const twice = repeated(names);
    if (twice !== undefined) return `Two columns of ${table.name} are called ${twice}.`;
  }
  const twice = repeated(kept.map((table) => table.name.trim()));
  return twice === undefined ? undefined : `Two tables are called ${twice}.`;
}

function repeated(names: string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name.toLowerCase()).size);
}
