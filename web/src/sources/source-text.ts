import { timestampMs, type Timestamp } from "@bufbuild/protobuf/wkt";
import { TlsMode, type Source, type SourceConfiguration } from "@/gen/infinure/integration/v1/source_pb";
import type { Catalog } from "@/gen/infinure/integration/v1/catalog_pb";
import { bytesText } from "@/uploads/pace";

export const TLS_MODES: [TlsMode, string][] = [
  [TlsMode.PREFER, "Encrypted if the server can"],
  [TlsMode.REQUIRE, "Always encrypted"],
  [TlsMode.VERIFY_FULL, "Encrypted, and the server’s certificate is checked"],
  [TlsMode.DISABLE, "Never encrypted"],
];

type Kind = SourceConfiguration["kind"];

/** The databases that are connected to over a network. */
export const DATABASES = {
  postgres: { name: "PostgreSQL", port: 5432 },
  mysql: { name: "MySQL or MariaDB", port: 3306 },
  clickhouse: { name: "ClickHouse", port: 8123 },
} as const;
const CLICKHOUSE_TLS_PORT = 8443;

export type DatabaseKind = keyof typeof DATABASES;

export function kindName(source: Source): string {
  switch (source.configuration?.kind.case) {
    case "files":
      return "Files";
    case "warehouse":
      return "Warehouse";
    case "postgres":
    case "mysql":
    case "clickhouse":
      return DATABASES[source.configuration.kind.case].name;
    default:
      return source.kind;
  }
}

/** Where a source is, in a line. */
export function addressOf(source: Source): string {
  const kind = source.configuration?.kind;
  const name = kindName(source);
  switch (kind?.case) {
    case "postgres":
    case "mysql":
    case "clickhouse":
      return `${name} · ${kind.value.database} on ${kind.value.host}:${portOf(kind)}`;
    case "files":
      return [name, listed(kind.value.fileNames)].filter((part) => part !== "").join(" · ");
    case "warehouse":
      return `${name} · what was loaded into Infinure`;
    default:
      return name;
  }
}

export function portOf(kind: Extract<Kind, { case: DatabaseKind }>): number {
  if (kind.value.port !== 0) return kind.value.port;
  const encrypted = kind.value.tlsMode === TlsMode.REQUIRE || kind.value.tlsMode === TlsMode.VERIFY_FULL;
  return kind.case === "clickhouse" && encrypted ? CLICKHOUSE_TLS_PORT : DATABASES[kind.case].port;
}

const MOST_FILES = 3;

function listed(names: string[]): string {
  const shown = names.slice(0, MOST_FILES).join(", ");
  return names.length > MOST_FILES ? `${shown} and ${names.length - MOST_FILES} more` : shown;
}

/** What a source is, as pairs of a name and a value. */
export function detailsOf(source: Source): [string, string][] {
  const kind = source.configuration?.kind;
  const stored: [string, string][] = source.byteCount > 0n ? [["Stored here", bytesText(Number(source.byteCount))]] : [];
  switch (kind?.case) {
    case "postgres":
    case "mysql":
    case "clickhouse": {
      const mode = kind.value.tlsMode === TlsMode.UNSPECIFIED ? TlsMode.PREFER : kind.value.tlsMode;
      const schemas: [string, string][] = kind.case === "postgres" ? [["Schemas", kind.value.schemas.length > 0 ? kind.value.schemas.join(", ") : "All that the user may read"]] : [];
      return [
        ["Kind", DATABASES[kind.case].name],
        ["Host", `${kind.value.host}:${portOf(kind)}`],
        ["Database", kind.value.database],
        ["User", kind.value.username],
        ["Encryption", TLS_MODES.find(([value]) => value === mode)?.[1] ?? ""],
        ...schemas,
      ];
    }
    case "files":
      return [["Kind", "Files"], ["Files", kind.value.fileNames.join(", ")], ...stored];
    default:
      return [["Kind", kindName(source)], ...stored];
  }
}

const MINUTE_MS = 60_000;

/** For example "5 minutes ago"; the day for what is older than a week. */
export function agoText(time: Timestamp | undefined, nowMs: number): string {
  if (time === undefined) return "never";
  const minutes = Math.floor((nowMs - timestampMs(time)) / MINUTE_MS);
  const ago = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  if (minutes < 1) return "just now";
  if (minutes < 60) return ago.format(-minutes, "minute");
  if (minutes < 48 * 60) return ago.format(-Math.floor(minutes / 60), "hour");
  if (minutes < 7 * 24 * 60) return ago.format(-Math.floor(minutes / 1440), "day");
  return `on ${new Date(timestampMs(time)).toLocaleDateString("en-US", { day: "numeric", month: "short", year: "numeric" })}`;
}

/** The newest moment that any table holds, and which table that is; undefined if no table tells. */
export function newestData(catalog: Catalog): { time: string; table: string } | undefined {
  const told = catalog.tables.filter((table) => table.latestTime !== "");
  const newest = told.toSorted((a, b) => (a.latestTime < b.latestTime ? 1 : -1))[0];
  return newest && { time: momentText(newest.latestTime), table: newest.label || newest.name };
}

/** A value as sources write it; a moment without what adds nothing: "2024-12-31 00:00:00" is its day. */
export function momentText(text: string): string {
  const moment = /^(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(.*)$/.exec(text);
  if (moment === null) return text;
  const [, day = "", time = "", zone = ""] = moment;
  return /^[0:]+$/.test(time) ? day : `${day} ${time}${zone}`;
}
