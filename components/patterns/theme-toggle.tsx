"use client";

import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { type Theme, THEMES, useTheme } from "./use-theme";

const THEME_FACTS = {
  system: { label: "System", icon: Monitor },
  light: { label: "Light", icon: Sun },
  dark: { label: "Dark", icon: Moon },
} satisfies Record<Theme, { label: string; icon: LucideIcon }>;

/** System, light or dark. */
export function ThemeToggle({ className }: { className?: string }) {
  const [theme, setTheme] = useTheme();
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Colours" className={cn("flex gap-0.5 rounded-control bg-sunken p-0.5", className)}>
      {THEMES.map((option) => {
        const { label, icon: Icon } = THEME_FACTS[option];
        return (
          <label
            key={option}
            className={cn(
              "relative flex h-8 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-[0.4375rem] px-2.5 text-sm text-ink-2 select-none hover:text-ink pointer-coarse:h-11",
              "has-checked:bg-panel has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-line-2",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={theme === option}
              onChange={() => setTheme(option)}
              className="absolute inset-0 appearance-none outline-none"
            />
            <Icon aria-hidden className="size-3.5" />
            {label}
          </label>
        );
      })}
    </div>
  );
}
