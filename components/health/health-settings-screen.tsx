"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import type { JobView, SystemStatus } from "@/server/services/health/get-system-status";
import { HealthRulesCard } from "./health-rules-card";

const ASK_MS = 15_000;

/** What each type of device is judged by, and whether the checks run. */
export function HealthSettingsScreen() {
  const trpc = useTRPC();
  const status = useQuery(trpc.health.status.queryOptions(undefined, { refetchInterval: ASK_MS }));
  return (
    <>
      <PageHeader
        title="Health rules"
        subtitle="What every device of a type is judged by. Groups and single devices may have rules of their own."
      />
      <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        {DEVICE_TYPES.map((deviceType) => (
          <HealthRulesCard key={deviceType} scope={{ level: "type", deviceType }} title={DEVICE_TYPE_FACTS[deviceType].plural} />
        ))}
      </div>
      {status.data ? <Checks status={status.data} /> : null}
    </>
  );
}

function Checks({ status }: { status: SystemStatus }) {
  const { reception, jobs } = status;
  return (
    <Card className="mt-4">
      <CardHeader title="Checks" divided />
      <ul className="divide-y">
        <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3">
          <span>
            Messages from devices
            <span className="block text-sm text-ink-2">
              {reception.since ? (
                <>
                  received without a gap since <RelativeTime at={reception.since} />
                </>
              ) : (
                "nothing is received"
              )}
            </span>
          </span>
          <Badge tone={reception.isReceiving ? "healthy" : reception.isReceiving === false ? "critical" : "unknown"}>
            {reception.isReceiving ? "Received" : reception.isReceiving === false ? "Away" : "Unknown"}
          </Badge>
        </li>
        {jobs.map((job) => (
          <Job key={job.name} job={job} />
        ))}
      </ul>
    </Card>
  );
}

function Job({ job }: { job: JobView }) {
  const did = Object.entries(job.counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count.toLocaleString("en")} ${what}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3">
      <span>
        {JOB_LABELS[job.name] ?? job.name}
        <span className="block text-sm text-ink-2">
          {job.error ?? (did.length > 0 ? did.join(", ") : "nothing to do")} · {job.runs.toLocaleString("en")} runs
          {job.failures > 0 ? `, ${job.failures.toLocaleString("en")} failed` : ""}
        </span>
      </span>
      <span className="flex items-center gap-3 text-sm text-ink-2 tabular">
        {job.durationMs === null ? "running" : `${job.durationMs.toLocaleString("en")} ms`}
        <RelativeTime at={job.startedAt} suffix=" ago" />
        <Badge tone={job.error ? "critical" : "healthy"}>{job.error ? "Failed" : "Done"}</Badge>
      </span>
    </li>
  );
}

const JOB_LABELS: Record<string, string> = {
  health: "Health check, every minute",
  rollouts: "Rollouts, every five seconds",
  imports: "Imports that were interrupted, every five seconds",
  notifications: "Notifications, every half minute",
  webhooks: "Webhooks, every two seconds",
  housekeeping: "Housekeeping, every five minutes",
};
