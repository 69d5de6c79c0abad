import { Role } from "@/gen/infinure/auth/v1/user_pb";

const NAMES: Record<Role, string> = {
  [Role.UNSPECIFIED]: "No role",
  [Role.CEO]: "CEO",
  [Role.DIRECTOR]: "Director",
  [Role.MANAGER]: "Manager",
  [Role.ANALYST]: "Analyst",
  [Role.VIEWER]: "Viewer",
};

export function roleName(role: Role): string {
  return (NAMES as Partial<Record<Role, string>>)[role] ?? NAMES[Role.UNSPECIFIED];
}
