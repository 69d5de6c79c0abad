import { destination } from "./destination";
import type { Returned } from "./session";

const NEXT = "infinure.next";

/** What an identity provider's way back says: to be taken once, or why there is nothing to take. */
export type Answer = { oidc: Returned } | { ticket: string } | { refused: string };

/** Reads the page's address: the query of OpenID Connect, or the fragment that SAML's page leads on with. */
export function answerIn(query: string, fragment: string): Answer | undefined {
  const told = new URLSearchParams(fragment.replace(/^#/, ""));
  const ticket = told.get("ticket");
  if (ticket) return { ticket };
  const refused = told.get("refused");
  if (refused) return { refused };
  const asked = new URLSearchParams(query);
  const state = asked.get("state");
  if (!state) return undefined;
  return { oidc: { state, code: asked.get("code") ?? "", issuer: asked.get("iss") ?? "" } };
}

/** Where to go once back. It is no secret, and a path of this site whatever is kept. */
export function keepDestination(next: string | null): void {
  if (next === null) sessionStorage.removeItem(NEXT);
  else sessionStorage.setItem(NEXT, next);
}

export function keptDestination(): string {
  return destination(sessionStorage.getItem(NEXT));
}
