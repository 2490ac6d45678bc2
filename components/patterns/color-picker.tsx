"use client";

import { Check } from "lucide-react";
import { useId } from "react";
import { ColorDot } from "./color-dot";

interface ColorPickerProps {
  legend: string;
  /** One name for each colour, in order. */
  names: readonly string[];
  value: number;
  onValueChange: (value: number) => void;
}

/** One of the colours; arrow keys move, the name of each is said. */
export function ColorPicker({ legend, names, value, onValueChange }: ColorPickerProps) {
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="font-medium">
        {legend} <span className="font-normal text-ink-3">{names[value]}</span>
      </span>
      <div className="flex flex-wrap gap-1 pointer-coarse:gap-0">
        {names.map((name, color) => (
          <label
            key={name}
            title={name}
            className="relative grid size-8 cursor-pointer place-items-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:size-11"
          >
            <input
              type="radio"
              name={id}
              aria-label={name}
              checked={color === value}
              onChange={() => onValueChange(color)}
              className="peer absolute inset-0 appearance-none rounded-full outline-none"
            />
            <ColorDot color={color} className="size-6 peer-hover:scale-110" />
            <Check
              aria-hidden
              strokeWidth={3}
              className="pointer-events-none absolute hidden size-3.5 text-background peer-checked:block"
            />
          </label>
        ))}
      </div>
    </div>
  );
}
