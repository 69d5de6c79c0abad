import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { Button } from "@/ui/Button";
import { Waiting } from "@/ui/Spinner";
import { useApp, useSession } from "./context";
import { Sentence } from "./Sentence";

/** Shows the page to who is logged in, and the login to who isn't. */
export function RequireSession({ children }: { children: ReactNode }) {
  const { session } = useApp();
  const location = useLocation();
  const state = useSession();
  switch (state.status) {
    case "signed-in":
      return children;
    case "starting":
      return <Waiting label="Opening Infinure" />;
    case "unreachable":
      return (
        <Sentence title="Infinure can’t be reached" action={<Button look="primary" onClick={() => session.resume()}>Try again</Button>}>
          Check your connection. If it is fine, the server may be starting.
        </Sentence>
      );
    case "anonymous": {
      const here = location.pathname + location.search;
      return <Navigate to={state.left || here === "/" || here === "/chat" ? "/login" : `/login?next=${encodeURIComponent(here)}`} replace />;
    }
  }
}
