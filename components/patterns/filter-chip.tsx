"use client";

import { Plus, X } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { CHIP, CHIP_ACTIVE, CHIP_IDLE } from "./chip-styles";

interface FilterChipProps {
  label: string;
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
}

/** A filter that is on or off: "Needs attention". */
export function FilterChip({ label, pressed, onPressedChange }: FilterChipProps) {
  const Icon = pressed ? X : Plus;
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onPressedChange(!pressed)}
      className={cn(CHIP, pressed ? [CHIP_ACTIVE, "border border-transparent px-3 pointer-coarse:px-4"].join(" ") : CHIP_IDLE)}
    >
      {pressed ? null : <Icon aria-hidden />}
      {label}
      {pressed ? <Icon aria-hidden /> : null}
    </button>
  );
}
