import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface EmptyStateProps {
  icon?: ReactNode;
  /** "No devices yet" and "No devices match" are two different states. */
  title: string;
  description?: ReactNode;
  /** The next step: add the first one, or clear the filters. */
  action?: ReactNode;
  /** 1 when it is all there is, 2 on a page, 3 inside a card. */
  level?: 1 | 2 | 3;
  className?: string;
}

export function EmptyState({ icon, title, description, action, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("flex flex-col items-center px-6 py-12 text-center", className)}>
      {icon ? (
        <span aria-hidden className="mb-4 grid size-12 place-items-center rounded-card bg-sunken text-ink-3 [&_svg]:size-6">
          {icon}
        </span>
      ) : null}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {description ? <p className="mt-1 max-w-md text-pretty text-ink-2">{description}</p> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
