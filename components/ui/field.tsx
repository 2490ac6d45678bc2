"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";

export interface FieldProps {
  label: ReactNode;
  /** Hides the label from the eye only. */
  hideLabel?: boolean;
  optional?: boolean;
  required?: boolean;
  /** What is expected. An error takes its place: it says the same, and the form moves less. */
  hint?: ReactNode;
  /** With react-hook-form: `errors.name?.message`. */
  error?: ReactNode;
  /** Right of the label: a link, a counter. */
  aside?: ReactNode;
  className?: string;
  /** One control: Input, Textarea, Select … It finds its id and description by itself. */
  children: ReactNode;
}

/** Label, control, hint and error, wired for assistive technology. */
export function Field({ label, hideLabel, optional, required = false, hint, error, aside, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = error ? errorId : hint ? hintId : undefined;
  const context = { controlId: `${id}-control`, labelId: `${id}-label`, describedBy, invalid: Boolean(error), required };
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className={cn("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
        <label id={context.labelId} htmlFor={context.controlId} className="font-medium">
          {label}
          {optional ? <span className="ml-1 font-normal text-ink-3">optional</span> : null}
        </label>
        {aside}
      </div>
      <FieldContext value={context}>{children}</FieldContext>
      <FieldError id={errorId}>{error}</FieldError>
      {hint && !error ? (
        <p id={hintId} className="text-sm text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** An error in words with its icon; renders nothing without one. */
export function FieldError({ id, children }: { id?: string; children?: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm text-critical">
      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
