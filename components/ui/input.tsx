"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CONTROL_BOX } from "./control-styles";
import { useFieldControl } from "./field-context";

export interface InputProps extends ComponentProps<"input"> {
  /** Device IDs, serials, MAC addresses. */
  mono?: boolean;
  /** Decorative icon at the start. */
  start?: ReactNode;
  /** At the end: unit, verdict, small button. */
  end?: ReactNode;
}

/** A text field; works with react-hook-form's `register`. */
export function Input({ className, mono, start, end, ...props }: InputProps) {
  const control = useFieldControl(props);
  const input = (
    <input
      {...props}
      {...control}
      className={cn(
        CONTROL_BOX,
        "h-10 px-3 pointer-coarse:h-12",
        mono && "font-mono tracking-tight",
        Boolean(start) && "pl-9",
        Boolean(end) && "pr-20",
        className,
      )}
    />
  );
  if (!start && !end) return input;
  return (
    <div className="relative flex w-full min-w-0 items-center">
      {start ? <span className="pointer-events-none absolute left-3 text-ink-3 [&_svg]:size-4">{start}</span> : null}
      {input}
      {end ? <span className="absolute right-3 flex items-center gap-1.5 text-sm text-ink-3 [&_svg]:size-4">{end}</span> : null}
    </div>
  );
}
