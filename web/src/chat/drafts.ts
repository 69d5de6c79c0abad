import { create } from "zustand";

const KEY = "infinure.drafts";

interface Drafts {
  drafts: Record<string, string>;
  write: (place: string, text: string) => void;
}

function kept(): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** What was typed and not sent, by conversation; kept for this tab over a reload. */
export const useDrafts = create<Drafts>((set, get) => ({
  drafts: kept(),
  write: (place, text) => {
    const others = Object.entries(get().drafts).filter(([other]) => other !== place);
    const drafts = Object.fromEntries(text === "" ? others : [...others, [place, text]]);
    set({ drafts });
    try {
      sessionStorage.setItem(KEY, JSON.stringify(drafts));
    } catch {
      // Storage may be full or forbidden: the draft then lives as long as the page.
      return;
    }
  },
}));
