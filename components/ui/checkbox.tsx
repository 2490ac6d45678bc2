"use client";

import { Check, Minus } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./cn";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "size"> {
  onCheckedChange?: (checked: boolean) => void;
  /** "Some of them"; the next click chooses all. */
  indeterminate?: boolean;
}

/** A bare check box (name it with `aria-label`). The browser's own, so that forms, `register` and keys just work. */
export function Checkbox({ className, onCheckedChange, onChange, indeterminate = false, ref, ...props }: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <span className={cn("relative inline-grid size-4.5 shrink-0 place-items-center pointer-coarse:size-5", className)}>
      <input
        {...props}
        ref={(element) => {
          input.current = element;
          if (typeof ref === "function") return ref(element);
          if (ref) ref.current = element;
        }}
        type="checkbox"
        onChange={(event) => {
          onChange?.(event);
          onCheckedChange?.(event.target.checked);
        }}
        className="peer hit-target"
      />
      <span
        aria-hidden
        className={cn(
          "size-full rounded-[0.3125rem] border border-line-3 bg-panel peer-hover:border-ink-3",
          "peer-checked:border-accent peer-checked:bg-accent peer-indeterminate:border-accent peer-indeterminate:bg-accent",
          "peer-disabled:opacity-50 peer-aria-invalid:border-critical",
          "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
        )}
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute hidden size-3.5 text-on-accent peer-checked:block peer-indeterminate:hidden"
      />
      <Minus aria-hidden strokeWidth={3} className="pointer-events-none absolute hidden size-3.5 text-on-accent peer-indeterminate:block" />
    </span>
  );
}

interface CheckboxFieldProps extends CheckboxProps {
  label: ReactNode;
  description?: ReactNode;
}

/** A check box with its words; all of them are the target. */
export function CheckboxField({ label, description, className, ...props }: CheckboxFieldProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-3 pointer-coarse:py-1.5", className)}>
      <Checkbox {...props} id={id} aria-describedby={description ? `${id}-text` : undefined} className="mt-px" />
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium pointer-coarse:-my-3 pointer-coarse:py-3">
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
