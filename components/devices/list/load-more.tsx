"use client";

import { useEffect, useRef } from "react";
import { formatCount } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";

/** Begins to load this far before the end comes into sight. */
const AHEAD = "1200px";

interface LoadMoreProps {
  shown: number;
  /** Left out: nobody has counted them. */
  total?: number;
  hasMore: boolean;
  loading: boolean;
  onLoad: () => void;
}

/** The foot of a list that grows as one scrolls; a button for those who do not scroll. */
export function LoadMore({ shown, total, hasMore, loading, onLoad }: LoadMoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const load = useRef(onLoad);
  useEffect(() => {
    load.current = onLoad;
  });
  useEffect(() => {
    if (!foot.current || !hasMore || loading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load.current(), { rootMargin: AHEAD });
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, [hasMore, loading, shown]);
  return (
    <div ref={foot} className="flex items-center justify-between gap-3 border-t px-4 py-3 text-sm text-ink-2 tabular">
      <span>{hasMore ? reachOf(shown, total) : `All ${formatCount(shown)}`}</span>
      {hasMore ? (
        <Button size="sm" loading={loading} onClick={onLoad}>
          Load more
        </Button>
      ) : null}
    </div>
  );
}

function reachOf(shown: number, total: number | undefined): string {
  return total === undefined ? `The first ${formatCount(shown)}` : `${formatCount(shown)} of ${formatCount(Math.max(total, shown))}`;
}
