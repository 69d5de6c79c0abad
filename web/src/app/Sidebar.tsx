import { NavLink, Link } from "react-router";
import { ConversationList } from "@/chat/ConversationList";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { ButtonLink } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { BulbIcon, DatabaseIcon, Mark, PlusIcon } from "@/ui/icons";
import { usePermission, useSignedIn } from "./context";
import { UserMenu } from "./UserMenu";

export function Sidebar() {
  const { organization } = useSignedIn();
  const maySeeSources = usePermission(Permission.READ_SOURCES);
  const mayTeach = usePermission(Permission.MANAGE_SOURCES);
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-2.5 px-4 pt-4 pb-3">
        <Link to="/chat" className="flex min-w-0 items-center gap-2.5 rounded-md">
          <Mark />
          <span className="min-w-0">
            <span className="block leading-tight font-semibold">Infinure</span>
            <span className="block truncate text-xs text-ink-faint">{organization?.name}</span>
          </span>
        </Link>
      </div>
      <div className="px-3 pb-2">
        <ButtonLink to="/chat" className="w-full justify-start bg-surface">
          <PlusIcon className="size-4.5" /> New chat
        </ButtonLink>
      </div>
      <ConversationList />
      <div className="border-t border-line p-2">
        {maySeeSources && (
          <NavLink to="/sources" className={place}>
            <DatabaseIcon className="size-4.5" /> Data sources
          </NavLink>
        )}
        {mayTeach && (
          <NavLink to="/learned" className={place} data-testid="to-learned">
            <BulbIcon className="size-4.5" /> Learned
          </NavLink>
        )}
        <UserMenu />
      </div>
    </div>
  );
}

function place({ isActive }: { isActive: boolean }): string {
  return classes("flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm hover:bg-hover", isActive ? "bg-hover font-medium text-ink" : "text-ink-soft");
}
