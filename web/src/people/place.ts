import type { MessageInitShape } from "@bufbuild/protobuf";
import { Role } from "@/gen/infinure/auth/v1/user_pb";
import type { UserAccount, UserPlaceSchema } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { Permission } from "@/gen/infinure/error/v1/access_pb";

export const ROLES = [Role.CEO, Role.DIRECTOR, Role.MANAGER, Role.ANALYST, Role.VIEWER];

/** What can be granted on top of a role, as a person says it. Asking and seeing sources every role has. */
export const GRANTS: [Permission, string][] = [
  [Permission.ADMINISTER, "Administer people and settings"],
  [Permission.MANAGE_SOURCES, "Connect and remove data sources, vouch for answers"],
  [Permission.READ_USAGE, "See usage"],
  [Permission.READ_AUDIT, "See and export the audit log"],
];

export interface Place {
  role: Role;
  department: string;
  team: string;
  grants: Permission[];
  /** Those that they are held to; undefined for all. An empty list isn't decided yet. */
  sourceIds: string[] | undefined;
}

export const NEW_PLACE: Place = { role: Role.ANALYST, department: "", team: "", grants: [], sourceIds: undefined };

export function placeOf({ user, grants, sourceIds }: UserAccount): Place {
  return { role: user?.role ?? Role.VIEWER, department: user?.department ?? "", team: user?.team ?? "", grants: [...grants], sourceIds: sourceIds.length > 0 ? [...sourceIds] : undefined };
}

export function messageOf(place: Place): MessageInitShape<typeof UserPlaceSchema> {
  return { ...place, department: place.department.trim(), team: place.team.trim(), sourceIds: place.sourceIds ?? [] };
}

/** Whether all of it is decided: sending no source would mean all. */
export function isDecided({ sourceIds }: Place): boolean {
  return sourceIds === undefined || sourceIds.length > 0;
}

export function personName({ user }: UserAccount): string {
  return `${user?.firstName ?? ""} ${user?.lastName ?? ""}`.trim() || (user?.email ?? "");
}
