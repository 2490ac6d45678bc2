"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldError } from "./field";

interface FieldSetProps {
  legend: ReactNode;
  hideLegend?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Several controls that answer one question: check boxes, switches, a pair of dates. */
export function FieldSet({ legend, hideLegend, hint, error, className, children }: FieldSetProps) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset aria-describedby={describedBy} className={cn("min-w-0", className)}>
      <legend className={cn("mb-2 font-medium", hideLegend && "sr-only")}>{legend}</legend>
      <div className="flex flex-col gap-3">
        {children}
        <FieldError id={`${id}-error`}>{error}</FieldError>
        {hint ? (
          <p id={`${id}-hint`} className="text-sm text-ink-3">
            {hint}
          </p>
        ) : null}
      </div>
    </fieldset>
  );
}
