import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Around `DataListCard`s: the phone's form of a table. */
export function DataList({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className={cn("divide-y overflow-hidden panel", className)}>
      {children}
    </ul>
  );
}

interface DataListCardProps {
  href?: string;
  /** An `IconTile` or a check box. */
  leading?: ReactNode;
  title: ReactNode;
  /** Mono, before the subtitle: the device ID. */
  code?: string;
  subtitle?: ReactNode;
  /** Right: badge or relative time. */
  trailing?: ReactNode;
  /** Third line, small facts separated by dots. */
  facts?: readonly ReactNode[];
}

/** One thing in a list; all of it is the target. */
export function DataListCard({ href, leading, title, code, subtitle, trailing, facts = [] }: DataListCardProps) {
  // Each has a dot before it; the dots that start a line stand outside the edge and are cut off.
  const known = facts.filter((fact) => fact !== null && fact !== undefined && fact !== "");
  return (
    <li
      className={cn(
        "relative flex min-h-16 items-center gap-3 px-4 py-3 [contain-intrinsic-block-size:auto_5rem] [content-visibility:auto]",
        href && "hover:bg-sunken/60 active:bg-sunken",
      )}
    >
      {leading ? <span className="relative z-1 shrink-0">{leading}</span> : null}
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          {href ? (
            <Link href={href} className="-outline-offset-2 after:absolute after:inset-0">
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        {code || subtitle ? (
          <p className="line-clamp-2 text-sm text-ink-2">
            {code ? <span className="font-mono tracking-tight">{code}</span> : null}
            {code && subtitle ? " · " : null}
            {subtitle}
          </p>
        ) : null}
        {known.length > 0 ? (
          <div className="mt-0.5 overflow-hidden text-sm text-ink-3 tabular">
            <p className="-ml-4 flex flex-wrap">
              {known.map((fact, index) => (
                <span key={index} className="flex">
                  <span aria-hidden className="w-4 text-center">
                    ·
                  </span>
                  {fact}
                </span>
              ))}
            </p>
          </div>
        ) : null}
      </div>
      {trailing ? <div className="shrink-0 text-right text-sm text-ink-2">{trailing}</div> : null}
      {href ? <ChevronRight aria-hidden className="-mr-1 size-4 shrink-0 text-ink-3 sm:hidden" /> : null}
    </li>
  );
}
