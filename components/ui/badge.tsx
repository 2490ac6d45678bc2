import { CircleCheck, CircleQuestionMark, CircleX, Info, type LucideIcon, RefreshCw, TriangleAlert, Wrench } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONE_SOFT } from "./tone";

const TONE_ICON = {
  healthy: CircleCheck,
  warning: TriangleAlert,
  critical: CircleX,
  unknown: CircleQuestionMark,
  info: RefreshCw,
  maintenance: Wrench,
  accent: Info,
} satisfies Record<Tone, LucideIcon>;

export interface BadgeProps extends ComponentProps<"span"> {
  tone: Tone;
  /** Another icon than the meaning's own; `null` for none. */
  icon?: ReactNode;
}

/** Status as icon, word and colour. */
export function Badge({ tone, icon, className, children, ...props }: BadgeProps) {
  const Icon = TONE_ICON[tone];
  return (
    <span
      {...props}
      className={cn(
        "inline-flex h-5.5 max-w-full items-center gap-1.5 rounded-full px-2 text-sm font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0",
        TONE_SOFT[tone],
        className,
      )}
    >
      {icon === undefined ? <Icon aria-hidden /> : icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A number in a menu or tab, e.g. open alerts. */
export function CountBadge({ tone = "critical", className, ...props }: ComponentProps<"span"> & { tone?: Tone }) {
  return (
    <span
      {...props}
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-full px-1.5 text-xs font-semibold tabular",
        TONE_SOFT[tone],
        className,
      )}
    />
  );
}
