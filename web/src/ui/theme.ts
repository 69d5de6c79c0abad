import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

const KEY = "infinure.theme";

function remembered(): Theme {
  const value = document.documentElement.dataset["theme"];
  return value === "light" || value === "dark" ? value : "system";
}

interface ThemeChoice {
  theme: Theme;
  choose: (theme: Theme) => void;
}

/** Light, dark or the system's; the choice is kept where the script that runs before the first paint finds it. */
export const useTheme = create<ThemeChoice>((set) => ({
  theme: remembered(),
  choose: (theme) => {
    set({ theme });
    const root = document.documentElement;
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    try {
      if (theme === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // Storage may be forbidden: the choice then holds until the page is left.
      return;
    }
  },
}));
