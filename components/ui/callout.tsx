import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONE_SOFT } from "./tone";

const CALLOUT_ICON = {
  healthy: CircleCheck,
  warning: TriangleAlert,
  critical: CircleX,
  unknown: Info,
  info: Info,
  maintenance: Wrench,
  accent: Info,
} satisfies Record<Tone, LucideIcon>;

interface CalloutProps {
  tone?: Tone;
  title?: ReactNode;
  action?: ReactNode;
  /** Announced when it appears: errors of a form, results of an action. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A sentence that has to be read: why something waits, what went wrong, what will not be shown again. */
export function Callout({ tone = "info", title, action, live, className, children }: CalloutProps) {
  const Icon = CALLOUT_ICON[tone];
  return (
    <div
      role={live ? (tone === "critical" ? "alert" : "status") : undefined}
      className={cn("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-control px-3 py-2.5", TONE_SOFT[tone], className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-48">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={title ? "text-ink-2" : undefined}>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
