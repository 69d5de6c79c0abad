import type { Patience } from "./follow";

const ATTEMPTS = 8;
const FIRST_MS = 300;
const LONGEST_MS = 8_000;
const SILENCE_MS = 45_000;

/** Waits longer each time, by chance up to half as long again, and not at all for a network that is gone until it is back. */
export const patiently: Patience = {
  beforeAttempt: async (attempt, retryAfterMs) => {
    if (attempt > ATTEMPTS) return false;
    const backoff = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
    await delay(Math.max(backoff, retryAfterMs ?? 0) * (1 + Math.random() / 2));
    if (!navigator.onLine) await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    return true;
  },
  watch: (onSilence) => {
    let timer = setTimeout(onSilence, SILENCE_MS);
    return {
      touch: () => {
        clearTimeout(timer);
        timer = setTimeout(onSilence, SILENCE_MS);
      },
      end: () => clearTimeout(timer),
    };
  },
};

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
