import { create } from "zustand";

export interface Toast {
  id: number;
  text: string;
  tone: "success" | "danger";
}

interface Toasts {
  shown: Toast[];
  show: (text: string, tone?: Toast["tone"]) => void;
  dismiss: (id: number) => void;
}

const SHOWN_FOR_MS = 6_000;

/** Short words about something that was done, or that failed away from where the eye is. */
export const useToasts = create<Toasts>((set, get) => ({
  shown: [],
  show: (text, tone = "success") => {
    const id = (get().shown.at(-1)?.id ?? 0) + 1;
    set({ shown: [...get().shown, { id, text, tone }] });
    setTimeout(() => get().dismiss(id), SHOWN_FOR_MS);
  },
  dismiss: (id) => set({ shown: get().shown.filter((toast) => toast.id !== id) }),
}));
