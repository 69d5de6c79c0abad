import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { SessionState } from "@/auth/session";
import type { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { App } from "./composition";

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error("rendered outside AppContext");
  return app;
}

export function useSession(): SessionState {
  return useStore(useApp().session.state);
}

export function useSignedIn(): Extract<SessionState, { status: "signed-in" }> {
  const session = useSession();
  if (session.status !== "signed-in") throw new Error("rendered without a session");
  return session;
}

/** Whether to offer something; the server decides in any case. */
export function usePermission(permission: Permission): boolean {
  const session = useSession();
  return session.status === "signed-in" && session.user.permissions.includes(permission);
}
