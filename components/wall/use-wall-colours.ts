import { useLayoutEffect } from "react";
import type { WallColours } from "./wall-state";

/** Gives the whole page the wall's colours, and back what the person had when they leave it. */
export function useWallColours(colours: WallColours): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const former = root.dataset.theme;
    if (colours === "system") delete root.dataset.theme;
    else root.dataset.theme = colours;
    return () => {
      const own = storedTheme() ?? (former === colours ? undefined : former);
      if (own) root.dataset.theme = own;
      else delete root.dataset.theme;
    };
  }, [colours]);
}

function storedTheme(): string | undefined {
  try {
    const theme = localStorage.getItem("theme");
    return theme === "light" || theme === "dark" ? theme : undefined;
  } catch {
    return undefined;
  }
}
