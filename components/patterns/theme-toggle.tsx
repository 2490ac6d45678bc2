"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
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
  return (
    <RadioGroup
      aria-label="Colours"
      value={theme}
      onValueChange={(value) => setTheme(value as Theme)}
      className={cn("flex gap-0.5 rounded-control bg-sunken p-0.5", className)}
    >
      {THEMES.map((option) => {
        const { label, icon: Icon } = THEME_FACTS[option];
        return (
          <Radio.Root
            key={option}
            value={option}
            className={cn(
              "flex h-8 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-[0.4375rem] px-2.5 text-sm text-ink-2 select-none hover:text-ink pointer-coarse:h-11",
              "data-checked:bg-panel data-checked:font-medium data-checked:text-ink data-checked:ring-1 data-checked:ring-line-2",
            )}
          >
            <Icon aria-hidden className="size-3.5" />
            {label}
          </Radio.Root>
        );
      })}
    </RadioGroup>
  );
}
