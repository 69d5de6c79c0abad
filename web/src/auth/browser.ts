import type { SessionPorts } from "./session";

const LOCK = "infinure.session";

/** The browser's side of a session: a lock over all tabs where the browser has one, timers, and word to the other tabs. */
export function browserPorts(onOtherTab: () => void): Omit<SessionPorts, "auth" | "signOn"> {
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(LOCK);
  channel?.addEventListener("message", onOtherTab);
  return {
    exclusively,
    now: () => Date.now(),
    schedule: (task, delayMs) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    announce: () => channel?.postMessage("changed"),
  };
}

async function exclusively<T>(task: () => Promise<T>): Promise<T> {
  // Pages from a plain http address other than localhost have no locks; a single tab is then all that is guarded.
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return task();
  return locks.request(LOCK, task);
}
