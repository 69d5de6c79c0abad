import { create } from "zustand";

/** Where files were dropped: what happens once they are added depends on it. */
export type Place = { kind: "sources" } | { kind: "chat"; conversationId: string | undefined };

/** What the files are to become. */
export type Aim = "source" | "warehouse";

interface Intake {
  open: boolean;
  place: Place;
  aim: Aim;
  show: (place: Place, aim?: Aim) => void;
  setAim: (aim: Aim) => void;
  close: () => void;
}

/** Whether the dialog for adding files is open, and for what. The files themselves are in the queue. */
export const useIntake = create<Intake>((set, get) => ({
  open: false,
  place: { kind: "sources" },
  aim: "source",
  show: (place, aim) => {
    // Files that come while it is open join the others.
    if (get().open) return;
    set({ open: true, place, aim: aim ?? "source" });
  },
  setAim: (aim) => set({ aim }),
  close: () => set({ open: false }),
}));
