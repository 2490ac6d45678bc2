"use client";

import { useQuery } from "@tanstack/react-query";
import { CloudUpload } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { isActive } from "@/server/domain/rollouts/transitions";
import type { DeviceUpdate } from "@/server/services/rollouts/list-device-updates";
import { describeStanding } from "./describe-detail";
import { TargetStateBadge } from "./state-badges";
import { UpdateLog } from "./update-log";

/** Every firmware update of a device, the newest first (specification day 668). */
export function DeviceUpdatesPanel({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const updates = useQuery(trpc.rollouts.ofDevice.queryOptions({ deviceId }));
  return (
    <Card>
      <CardHeader title="Updates" divided />
      {updates.isError ? (
        <ErrorState level={3} onRetry={() => void updates.refetch()} retrying={updates.isFetching} />
      ) : !updates.data ? (
        <SkeletonRows count={2} className="h-16 rounded-control" />
      ) : updates.data.length === 0 ? (
        <EmptyState
          level={3}
          icon={<CloudUpload />}
          title="Never updated from here"
          description="When a rollout reaches this device, every step of it is kept here."
        />
      ) : (
        <ol aria-label="Updates" className="divide-y">
          {updates.data.map((update) => (
            <UpdateItem key={update.id} update={update} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function UpdateItem({ update }: { update: DeviceUpdate }) {
  const why = describeStanding(update);
  return (
    <li className="px-4 py-3">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-mono font-semibold tracking-tight">
              {update.fromVersion ?? "unknown"} <span className="font-sans font-normal text-ink-3">to</span> {update.version}
            </span>
            <TargetStateBadge state={update.state} progress={update.progress} />
          </p>
          <p className="mt-0.5 text-sm text-ink-2">
            <Link href={`/rollouts/${update.rollout.id}`} className="hit-area text-accent hover:underline">
              {update.rollout.name}
            </Link>
            {update.attempt > 1 ? ` · attempt ${update.attempt}` : ""}
          </p>
          {why ? <p className="text-sm break-words text-ink-2">{why}</p> : null}
        </div>
        <RelativeTime at={update.stateAt} suffix=" ago" className="shrink-0 text-sm text-ink-2" />
      </div>
      {update.log.length > 0 ? (
        <details className="mt-2" open={isActive(update.state)}>
          <summary className="cursor-pointer text-sm font-medium text-accent pointer-coarse:py-2.5">Log</summary>
          <div className="mt-2 rounded-control bg-sunken/60 p-3">
            <UpdateLog log={update.log} />
          </div>
        </details>
      ) : null}
    </li>
  );
}
