import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { type Tone, TONE_TEXT } from "@/components/ui/tone";

interface StatCardProps {
  label: string;
  value: ReactNode;
  icon?: ReactNode;
  /** Lighter, after the figure: "of 248". */
  of?: ReactNode;
  note?: ReactNode;
  /** Only when the figure itself is the bad news. */
  tone?: Tone;
  /** Makes the whole card a link to what it counts. */
  href?: string;
  /** A bar or small chart at the bottom. */
  children?: ReactNode;
  className?: string;
}

/** One key figure with its name and what it means. */
export function StatCard({ label, value, icon, of, note, tone, href, children, className }: StatCardProps) {
  const classes = cn("panel flex min-w-0 flex-col gap-1.5 p-4", href && "transition-colors hover:border-line-3", className);
  const content = (
    <>
      <span className="flex items-center gap-2 text-sm text-ink-2 [&_svg]:size-3.5 [&_svg]:shrink-0">
        {icon}
        <span className="truncate">{label}</span>
      </span>
      <span className={cn("text-figure tabular", tone && TONE_TEXT[tone])}>
        {value}
        {of ? <span className="ml-1.5 text-lg font-normal tracking-normal text-ink-2">{of}</span> : null}
      </span>
      {note ? <span className="text-sm text-ink-2 tabular">{note}</span> : null}
      {children ? <span className="mt-auto block pt-1.5">{children}</span> : null}
    </>
  );
  return href ? (
    <Link href={href} className={classes}>
      {content}
    </Link>
  ) : (
    <div className={classes}>{content}</div>
  );
}

export function StatCardSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-2.5 panel p-4">
      <Skeleton className="h-4 w-28" />
      <Skeleton className="h-7 w-20" />
      <Skeleton className="h-3.5 w-36" />
    </div>
  );
}
