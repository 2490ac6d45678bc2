"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { progressInWords, progressOf, segmentsOf } from "./rollout-progress";
import { RolloutStateBadge } from "./state-badges";

const SHOWN = 5;

/** The last rollouts of one firmware version. */
export function FirmwareRolloutsCard({ firmware: { id, version } }: { firmware: { id: string; version: string } }) {
  const trpc = useTRPC();
  const page = useQuery(trpc.rollouts.list.queryOptions({ firmwareId: id, pageSize: SHOWN }));
  return (
    <Card>
      <CardHeader title="Rollouts" divided />
      {page.isError ? (
        <ErrorState level={3} onRetry={() => void page.refetch()} retrying={page.isFetching} />
      ) : !page.data ? (
        <div aria-busy className="p-4">
          <LoadingLabel />
          <Skeleton className="h-14 rounded-control" />
        </div>
      ) : page.data.rollouts.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">It has not been rolled out yet.</p>
      ) : (
        <ul aria-label={`Rollouts of ${version}`} className="divide-y">
          {page.data.rollouts.map((rollout) => (
            <li key={rollout.id} className="relative px-4 py-3 hover:bg-sunken/60">
              <p className="flex flex-wrap items-center justify-between gap-x-2.5 gap-y-1">
                <Link
                  href={`/rollouts/${rollout.id}`}
                  className="min-w-0 font-medium break-words -outline-offset-2 after:absolute after:inset-0"
                >
                  {rollout.name}
                </Link>
                <RolloutStateBadge state={rollout.state} />
              </p>
              <SegmentedBar label={`Devices of ${rollout.name}`} segments={segmentsOf(progressOf(rollout.counts))} className="mt-2" />
              <p className="mt-1 text-sm text-ink-2 tabular">{progressInWords(progressOf(rollout.counts))}</p>
            </li>
          ))}
        </ul>
      )}
      {page.data?.nextCursor ? (
        <CardFooter>
          <Link href={`/rollouts?q=${encodeURIComponent(version)}`} className="hit-area text-sm text-accent hover:underline">
            All rollouts of {version}
          </Link>
        </CardFooter>
      ) : null}
    </Card>
  );
}
