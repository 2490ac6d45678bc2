"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

/** On or off, at once. For choices that are saved with a form use a check box. */
export function Switch({ className, ...props }: Base.Root.Props) {
  return (
    <Base.Root
      {...props}
      className={cn(
        "hit-area inline-flex h-5.5 w-9.5 shrink-0 items-center rounded-full border border-line-3 bg-sunken p-0.5 transition-colors",
        "data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-50",
        typeof className === "string" && className,
      )}
    >
      <Base.Thumb className="size-4 rounded-full bg-line-3 transition-transform data-checked:translate-x-4 data-checked:bg-on-accent" />
    </Base.Root>
  );
}

interface SwitchFieldProps extends Base.Root.Props {
  label: ReactNode;
  description?: ReactNode;
}

export function SwitchField({ label, description, className, ...props }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={cn("flex items-center justify-between gap-4", typeof className === "string" && className)}>
      <div className="min-w-0">
        <label id={`${id}-label`} htmlFor={id} className="block font-medium">
          {label}
        </label>
        {description ? (
          <p id={`${id}-text`} className="text-sm text-ink-2">
            {description}
          </p>
        ) : null}
      </div>
      <Switch {...props} id={id} aria-labelledby={`${id}-label`} aria-describedby={description ? `${id}-text` : undefined} />
    </div>
  );
}
