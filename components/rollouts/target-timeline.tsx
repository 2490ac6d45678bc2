"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { UpdateLog } from "./update-log";

/** Every attempt of one device in one rollout, the last first. */
export function TargetTimeline({ rolloutId, deviceId }: { rolloutId: string; deviceId: string }) {
  const trpc = useTRPC();
  const updates = useQuery(trpc.rollouts.ofDevice.queryOptions({ deviceId }));
  if (updates.isError) return <ErrorState level={3} onRetry={() => void updates.refetch()} retrying={updates.isFetching} />;
  if (!updates.data)
    return (
      <div aria-busy>
        <LoadingLabel />
        <Skeleton className="h-16 rounded-control" />
      </div>
    );
  const attempts = updates.data.filter(({ rollout }) => rollout.id === rolloutId).sort((a, b) => b.attempt - a.attempt);
  return (
    <div className="flex flex-col gap-4">
      {attempts.map((update) => (
        <section key={update.id} aria-label={`Attempt ${update.attempt}`}>
          <p className="mb-2 text-sm text-ink-2 tabular">
            {attempts.length > 1 ? `Attempt ${update.attempt} · ` : ""}
            <span className="font-mono tracking-tight">{update.fromVersion ?? "unknown"}</span> to{" "}
            <span className="font-mono tracking-tight">{update.version}</span>
          </p>
          <UpdateLog log={update.log} />
        </section>
      ))}
    </div>
  );
}
