/** Where to go after login: a path of this site, whatever the address asks for. */
export function destination(next: string | null): string {
  const START = "/chat";
  if (next === null || !next.startsWith("/") || next.startsWith("//") || next.startsWith("/\\")) return START;
  try {
    const url = new URL(next, "https://here.invalid");
    return url.host === "here.invalid" ? url.pathname + url.search : START;
  } catch {
    return START;
  }
}
