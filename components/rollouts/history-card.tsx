"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { type HistoryEntry, historyOf } from "./rollout-history";

const SHOWN_AT_FIRST = 6;

/** What happened to a rollout, the newest first: what people did and why, and what it did by itself. */
export function HistoryCard({ rollout }: { rollout: RolloutPageView }) {
  const trpc = useTRPC();
  const deeds = useQuery(trpc.rollouts.deeds.queryOptions({ id: rollout.id }));
  return (
    <Card>
      <CardHeader title="History" divided />
      {deeds.isError ? (
        <ErrorState level={3} onRetry={() => void deeds.refetch()} retrying={deeds.isFetching} />
      ) : !deeds.data ? (
        <SkeletonRows count={2} className="h-6" />
      ) : (
        <Entries entries={historyOf(rollout, deeds.data)} />
      )}
    </Card>
  );
}

function Entries({ entries }: { entries: readonly HistoryEntry[] }) {
  const [isOpen, setOpen] = useState(false);
  if (entries.length === 0) return <p className="px-4 py-3 text-ink-2">Nothing has happened yet.</p>;
  const shown = isOpen || entries.length <= SHOWN_AT_FIRST + 1 ? entries : entries.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ol aria-label="History" className="divide-y">
        {shown.map(({ key, at, who, what, reason }) => (
          <li key={key} className="flex items-baseline justify-between gap-4 px-4 py-2.5">
            <div className="min-w-0 break-words">
              <p>
                {who ? <span className="font-medium">{who} </span> : null}
                <span className="text-ink-2">{what}</span>
              </p>
              {reason ? <p className="text-sm text-ink-2">“{reason}”</p> : null}
            </div>
            <RelativeTime at={at} className="shrink-0 text-sm text-ink-3" />
          </li>
        ))}
      </ol>
      {shown.length < entries.length ? (
        <CardFooter>
          <Button variant="ghost" size="sm" onClick={() => setOpen(true)}>
            Show all {entries.length}
          </Button>
        </CardFooter>
      ) : null}
    </>
  );
}
