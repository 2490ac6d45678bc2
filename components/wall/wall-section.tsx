import type { ReactNode } from "react";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";

interface WallSectionProps {
  title: string;
  /** What is not shown. */
  note: string | null;
  isLoading: boolean;
  children: ReactNode;
}

export function WallSection({ title, note, isLoading, children }: WallSectionProps) {
  return (
    <section
      aria-label={title}
      aria-busy={isLoading}
      className="flex min-h-0 min-w-0 flex-col overflow-hidden panel px-[clamp(1rem,2vw,2.5rem)] py-[clamp(0.75rem,1.6vh,1.5rem)]"
    >
      <h2 className="mb-[0.3em] flex items-baseline justify-between gap-4 text-[clamp(1rem,2.2vh,1.875rem)] text-ink-2">
        {title}
        {note ? <span className="text-[0.85em] tabular">{note}</span> : null}
      </h2>
      {isLoading ? (
        <div className="mt-3 flex flex-1 flex-col gap-3">
          <LoadingLabel />
          <Skeleton className="h-[12vh]" />
          <Skeleton className="h-[12vh]" />
        </div>
      ) : (
        children
      )}
    </section>
  );
}
