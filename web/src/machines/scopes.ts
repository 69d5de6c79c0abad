import { Permission } from "@/gen/infinure/error/v1/access_pb";

/** What a key can allow, as a person says it. */
export const SCOPES: [Permission, string][] = [
  [Permission.ASK, "Ask questions"],
  [Permission.READ_SOURCES, "See data sources"],
  [Permission.MANAGE_SOURCES, "Connect and remove data sources"],
  [Permission.READ_USAGE, "See usage"],
  [Permission.READ_AUDIT, "See and export the audit log"],
];

export function scopeNames(scopes: Permission[]): string {
  return SCOPES.filter(([scope]) => scopes.includes(scope))
    .map(([, name]) => name)
    .join(", ");
}
