import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

/** The token in a mailed link's fragment; "" if there is none. */
export function tokenIn(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token") ?? "";
}

/** The token that the page was opened with. It leaves the address at once, so that no history, bookmark or picture of the screen keeps it. */
export function useLinkToken(): string {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState("");
  const found = tokenIn(hash);
  if (found !== "" && found !== token) setToken(found);
  useEffect(() => {
    if (found !== "") void navigate(pathname, { replace: true });
  }, [found, navigate, pathname]);
  return token;
}
