import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A key. Hidden where there is no keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      {...props}
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-[0.3125rem] border border-line-2 bg-sunken px-1 font-sans text-xs text-ink-2 pointer-coarse:hidden",
        className,
      )}
    />
  );
}
