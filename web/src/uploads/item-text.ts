import { FileFormat, type Progress, type Upload } from "@/gen/infinure/integration/v1/upload_pb";
import { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { bytesText, paceText } from "./pace";
import type { Item } from "./queue";

const FORMATS: Partial<Record<FileFormat, string>> = {
  [FileFormat.CSV]: "CSV",
  [FileFormat.JSON]: "JSON",
  [FileFormat.JSON_LINES]: "JSON lines",
  [FileFormat.EXCEL]: "Excel",
  [FileFormat.PARQUET]: "Parquet",
  [FileFormat.SQLITE]: "SQLite",
};

export const TYPES: Partial<Record<ColumnType, string>> = {
  [ColumnType.BOOLEAN]: "Yes or no",
  [ColumnType.INTEGER]: "Whole number",
  [ColumnType.NUMBER]: "Number",
  [ColumnType.DECIMAL]: "Decimal number",
  [ColumnType.TEXT]: "Text",
  [ColumnType.DATE]: "Date",
  [ColumnType.TIMESTAMP]: "Date and time",
  [ColumnType.TIMESTAMP_TZ]: "Moment (with time zone)",
  [ColumnType.TIME]: "Time of day",
  [ColumnType.UUID]: "UUID",
  [ColumnType.JSON]: "JSON",
};

export function typeText(type: ColumnType): string {
  return TYPES[type] ?? "Other";
}

export function count(number: bigint | number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${Number(number) === 1 ? one : many}`;
}

/** What is being done, for example "Reading rows · 1,200,000 rows". */
export function progressText(progress: Progress | undefined, otherwise: string): string {
  const stage = progress?.stage ? capital(progress.stage) : otherwise;
  return progress !== undefined && progress.rowCount > 0n ? `${stage} · ${count(progress.rowCount, "row")}` : stage;
}

/** From 0 to 1; undefined where it can't be told. */
export function fractionOf(progress: Progress | undefined): number | undefined {
  return progress !== undefined && progress.fraction > 0 ? progress.fraction : undefined;
}

/** A line on how an item stands. */
export function stateText(item: Item): string {
  switch (item.phase) {
    case "waiting":
      return "Waiting for its turn";
    case "sending":
      return item.pace.sentBytes >= item.pace.totalBytes && item.pace.totalBytes > 0 ? "Sent; being kept" : paceText(item.pace);
    case "preparing":
      return progressText(item.progress, "Reading the file");
    case "ready":
      return item.upload === undefined ? "" : contentText(item.upload);
    case "failed":
      return bytesText(item.file.size);
    case "stopped":
      return "Stopped";
  }
}

function contentText(upload: Upload): string {
  const kept = upload.tables.filter((table) => !table.leftOut);
  const rows = kept.reduce((sum, table) => sum + table.rowCount, 0n);
  return [FORMATS[upload.format] ?? "File", count(kept.length, "table"), count(rows, "row"), bytesText(Number(upload.byteCount))].join(" · ");
}

/** What a listener hears: rough, so that it isn't told all the time. */
export function spokenState(item: Item): string {
  const name = item.file.name;
  switch (item.phase) {
    case "sending": {
      const quarter = item.pace.totalBytes === 0 ? 0 : Math.floor((4 * item.pace.sentBytes) / item.pace.totalBytes) * 25;
      return `${name}: ${quarter} percent sent`;
    }
    case "preparing":
      return `${name}: ${item.progress?.stage ?? "being read"}`;
    case "ready":
      return `${name} is read. Check its types.`;
    case "failed":
      return "";
    default:
      return `${name}: ${stateText(item)}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
