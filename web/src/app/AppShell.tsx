import { lazy, Suspense, useMemo, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { UnverifiedNotice } from "@/auth/UnverifiedNotice";
import { Notice } from "@/ui/Notice";
import { Drawer } from "@/ui/Dialog";
import { ButtonLink, buttonClasses } from "@/ui/Button";
import { Mark, MenuIcon, PlusIcon } from "@/ui/icons";
import { useOnline } from "./online";
import { DropZone } from "@/uploads/DropZone";
import { useIntake, type Place } from "@/uploads/intake";
import { Sidebar } from "./Sidebar";

const IntakeDialog = lazy(() => import("@/uploads/IntakeDialog"));

/** The frame around every page of a session: the sidebar, beside the page or, on narrow screens, over it. */
export function AppShell() {
  const online = useOnline();
  const { key, pathname } = useLocation();
  const place = useMemo(() => placeOf(pathname), [pathname]);
  const adding = useIntake((intake) => intake.open);
  // The drawer is open for the place where it was opened: going anywhere closes it.
  const [openedAt, setOpenedAt] = useState<string>();
  return (
    <div className="flex h-full">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-raised focus:px-3 focus:py-2">
        Skip to content
      </a>
      <aside className="hidden w-72 shrink-0 border-r border-line bg-sunken md:block">
        <Sidebar />
      </aside>
      <Drawer open={openedAt === key} onClose={() => setOpenedAt(undefined)} title="Navigation">
        <Sidebar />
      </Drawer>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-13 shrink-0 items-center justify-between border-b border-line px-2 md:hidden">
          <button type="button" className={buttonClasses("quiet", "icon")} onClick={() => setOpenedAt(key)} aria-label="Open navigation">
            <MenuIcon />
          </button>
          <span className="flex items-center gap-2 font-semibold">
            <Mark className="size-6" /> Infinure
          </span>
          <ButtonLink look="quiet" size="icon" to="/chat" aria-label="New chat">
            <PlusIcon />
          </ButtonLink>
        </header>
        {!online && (
          <div className="px-4 pt-3" role="status">
            <Notice tone="warning">You are offline. What you see stays; answers go on when the connection is back.</Notice>
          </div>
        )}
        <UnverifiedNotice />
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 focus:outline-none">
          <Outlet />
        </main>
      </div>
      <DropZone place={place} />
      {adding && (
        <Suspense>
          <IntakeDialog />
        </Suspense>
      )}
    </div>
  );
}

/** Where on the way through the app a file would be dropped. */
function placeOf(pathname: string): Place {
  const [, area, id] = pathname.split("/");
  return area === "chat" ? { kind: "chat", conversationId: id || undefined } : { kind: "sources" };
}
