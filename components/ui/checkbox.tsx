"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

export type CheckboxProps = Base.Root.Props;

/** A bare check box (name it with `aria-label`); `indeterminate` for "some of them". */
export function Checkbox({ className, ...props }: CheckboxProps) {
  return (
    <Base.Root
      {...props}
      className={cn(
        "hit-area grid size-[1.125rem] shrink-0 place-items-center rounded-[0.3125rem] border border-line-3 bg-panel text-on-accent",
        "data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent",
        "data-disabled:cursor-not-allowed data-disabled:opacity-50 pointer-coarse:size-5",
        typeof className === "string" && className,
      )}
    >
      <Base.Indicator className="grid place-items-center data-unchecked:hidden">
        {props.indeterminate ? (
          <Minus aria-hidden strokeWidth={3} className="size-3.5" />
        ) : (
          <Check aria-hidden strokeWidth={3} className="size-3.5" />
        )}
      </Base.Indicator>
    </Base.Root>
  );
}

interface CheckboxFieldProps extends CheckboxProps {
  label: ReactNode;
  description?: ReactNode;
}

/** A check box with its words; the whole line is the target. */
export function CheckboxField({ label, description, className, ...props }: CheckboxFieldProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-3", typeof className === "string" && className)}>
      <Checkbox {...props} id={id} aria-labelledby={`${id}-label`} aria-describedby={description ? `${id}-text` : undefined} className="mt-px" />
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
    </div>
  );
}
