import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONE_SOFT } from "./tone";

/** An icon on its soft colour, at the start of a row. Decorative. */
export function IconTile({
  tone = "unknown",
  size = "md",
  className,
  children,
}: {
  tone?: Tone;
  size?: "md" | "lg";
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid shrink-0 place-items-center",
        size === "md" ? "size-8 rounded-control [&_svg]:size-4" : "size-11 rounded-card [&_svg]:size-5.5",
        TONE_SOFT[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
