import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface PageHeaderProps {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Above the title: a way back, e.g. a `BackLink`. */
  back?: ReactNode;
  /** Beside the title: a status badge. */
  badge?: ReactNode;
  /** The main one last; on phones they share the width. */
  actions?: ReactNode;
  className?: string;
}

/** The page's one `h1`, what it is about, and what can be done. */
export function PageHeader({ title, subtitle, back, badge, actions, className }: PageHeaderProps) {
  return (
    <header className={cn("mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3", className)}>
      <div className="min-w-0 flex-1 basis-96">
        {back ? <div className="mb-1">{back}</div> : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-title">{title}</h1>
          {badge}
        </div>
        {subtitle ? <p className="mt-1 text-base text-ink-2">{subtitle}</p> : null}
      </div>
      {actions ? (
        <div data-print="hide" className="flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
          {actions}
        </div>
      ) : null}
    </header>
  );
}
