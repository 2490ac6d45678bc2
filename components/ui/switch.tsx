"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

export interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "size"> {
  onCheckedChange?: (checked: boolean) => void;
}

/** On or off, at once. For choices that are saved with a form use a check box. */
export function Switch({ className, onCheckedChange, onChange, ...props }: SwitchProps) {
  return (
    <span className={cn("relative inline-flex h-5.5 w-9.5 shrink-0 items-center", className)}>
      <input
        {...props}
        type="checkbox"
        role="switch"
        onChange={(event) => {
          onChange?.(event);
          onCheckedChange?.(event.target.checked);
        }}
        className="peer hit-target"
      />
      <span
        aria-hidden
        className={cn(
          "size-full rounded-full border border-line-3 bg-sunken transition-colors peer-checked:border-accent peer-checked:bg-accent peer-disabled:opacity-50",
          "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
        )}
      />
      <span
        aria-hidden
        className="pointer-events-none absolute left-[0.1875rem] size-4 rounded-full bg-line-3 transition-[translate,background-color] peer-checked:translate-x-4 peer-checked:bg-on-accent"
      />
    </span>
  );
}

interface SwitchFieldProps extends SwitchProps {
  label: ReactNode;
  description?: ReactNode;
}

export function SwitchField({ label, description, className, ...props }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={cn("flex items-center justify-between gap-4", className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium">
          {label}
        </label>
        {description ? (
          <p id={`${id}-text`} className="text-sm text-ink-2">
            {description}
          </p>
        ) : null}
      </div>
      <Switch {...props} id={id} aria-describedby={description ? `${id}-text` : undefined} />
    </div>
  );
}
