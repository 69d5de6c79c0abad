import { TlsMode, type PostgresConfiguration, type Source } from "@/gen/infinure/integration/v1/source_pb";

const DEFAULT_PORT = 5432;

export const TLS_MODES: [TlsMode, string][] = [
  [TlsMode.PREFER, "Encrypted if the server can"],
  [TlsMode.REQUIRE, "Always encrypted"],
  [TlsMode.VERIFY_FULL, "Encrypted, and the server’s certificate is checked"],
  [TlsMode.DISABLE, "Never encrypted"],
];

/** Where a source is, in a line. */
export function addressOf(source: Source): string {
  const kind = source.configuration?.kind;
  return kind?.case === "postgres" ? `PostgreSQL · ${kind.value.database} on ${kind.value.host}:${kind.value.port || DEFAULT_PORT}` : source.kind;
}

export function detailsOf(configuration: PostgresConfiguration): [string, string][] {
  const mode = configuration.tlsMode === TlsMode.UNSPECIFIED ? TlsMode.PREFER : configuration.tlsMode;
  return [
    ["Host", `${configuration.host}:${configuration.port || DEFAULT_PORT}`],
    ["Database", configuration.database],
    ["User", configuration.username],
    ["Encryption", TLS_MODES.find(([value]) => value === mode)?.[1] ?? ""],
    ["Schemas", configuration.schemas.length > 0 ? configuration.schemas.join(", ") : "All that the user may read"],
  ];
}
