import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Badge } from "@/ui/Badge";
import { CheckIcon } from "@/ui/icons";
import { Menu, MenuItem } from "@/ui/Menu";
import { useTheme, type Theme } from "@/ui/theme";
import { useToasts } from "@/ui/toasts";
import { useApp, usePermission, useSignedIn } from "./context";
import { roleName } from "./roles";

const THEMES: [Theme, string][] = [
  ["system", "Colours of the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

export function UserMenu() {
  const { user } = useSignedIn();
  const { session } = useApp();
  const { theme, choose } = useTheme();
  const mayAdminister = usePermission(Permission.ADMINISTER);
  const mayReadAudit = usePermission(Permission.READ_AUDIT);
  const navigate = useNavigate();
  const show = useToasts((toasts) => toasts.show);
  const name = `${user.firstName} ${user.lastName}`.trim() || user.email;
  const initials = ((user.firstName[0] ?? "") + (user.lastName[0] ?? "") || user.email.slice(0, 2)).toUpperCase();
  const logout = () => session.logout().catch((thrown: unknown) => show(problemText(problemOf(thrown)), "danger"));
  return (
    <Menu
      label={`Account of ${name}`}
      placement="top start"
      buttonClassName="mt-1 flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left hover:bg-hover"
      button={
        <>
          <span className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-deep">{initials}</span>
          <span className="min-w-0 flex-1 truncate text-sm font-medium">{name}</span>
          <Badge tone="accent" data-testid="role-badge">
            {roleName(user.role)}
          </Badge>
        </>
      }
    >
      <p className="px-3 pt-2 pb-1 text-xs text-ink-faint">{user.email}</p>
      {THEMES.map(([value, label]) => (
        <MenuItem key={value} checked={theme === value} onSelect={() => choose(value)}>
          {label}
          {theme === value && <CheckIcon className="size-4" />}
        </MenuItem>
      ))}
      <div className="my-1 border-t border-line" />
      <MenuItem onSelect={() => void navigate("/settings/security")}>Security</MenuItem>
      {mayAdminister && <MenuItem onSelect={() => void navigate("/settings/people")}>People</MenuItem>}
      {mayAdminister && <MenuItem onSelect={() => void navigate("/settings/service-accounts")}>Service accounts</MenuItem>}
      {mayAdminister && <MenuItem onSelect={() => void navigate("/settings/single-sign-on")}>Single sign-on</MenuItem>}
      {mayAdminister && <MenuItem onSelect={() => void navigate("/settings/organization")}>Organization</MenuItem>}
      {mayReadAudit && <MenuItem onSelect={() => void navigate("/settings/audit")}>Audit log</MenuItem>}
      <MenuItem onSelect={logout}>Log out</MenuItem>
    </Menu>
  );
}
