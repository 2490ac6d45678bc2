"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Cpu, Hourglass, Plus, Wrench } from "lucide-react";
import Link from "next/link";
import { ActivityList } from "@/components/audit/activity-list";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { StatCard } from "@/components/patterns/stat-card";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { formatCount as count } from "@/components/patterns/format-count";
import { AttentionList } from "./attention-list";
import { OverviewSkeleton } from "./overview-skeleton";
import { TypeTable } from "./type-table";

/** What needs a person first, then how the fleet is. */
export function OverviewScreen() {
  const trpc = useTRPC();
  const { selectedFarmId, viewer } = useConsole();
  const farmId = selectedFarmId ?? undefined;
  const overview = useQuery(trpc.devices.overview.queryOptions({ farmId }));
  const attention = useQuery(trpc.overview.attention.queryOptions({ farmId }));
  const activity = useQuery(trpc.audit.activity.queryOptions({ farmId, limit: 8 }));
  const farms = useQuery(trpc.farms.list.queryOptions());
  const farmName =
    farms.data?.find((farm) => farm.id === selectedFarmId)?.name ?? (farms.data?.length === 1 ? farms.data[0]?.name : "All farms");
  const addDevice = viewer.canProvision ? (
    <Button variant="primary" render={<Link href="/devices/new" />}>
      <Plus aria-hidden />
      Add device
    </Button>
  ) : null;

  if (overview.isError) return <ErrorState level={1} onRetry={() => void overview.refetch()} retrying={overview.isFetching} />;
  if (!overview.data) return <OverviewSkeleton />;
  const { data } = overview;
  const none = data.total === 0 && data.byLifecycle.decommissioned === 0;
  return (
    <>
      <PageHeader title="Overview" subtitle={farmName} actions={none ? null : addDevice} />
      {none ? (
        <Card className="mt-5">
          <EmptyState
            icon={<Cpu />}
            title="No devices yet"
            description="Register the first device, give it its credentials, and see it come online here. It takes about a minute."
            action={addDevice}
          />
        </Card>
      ) : (
        <div className="mt-5 flex flex-col gap-4">
          <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
            <StatCard
              label="Devices online"
              icon={<Cpu aria-hidden />}
              value={count(data.online)}
              of={`of ${count(data.inService)}`}
              href="/devices"
              className="max-sm:col-span-2"
            >
              <HealthBar data={data} />
            </StatCard>
            <StatCard
              label="Need attention"
              icon={<CircleAlert aria-hidden />}
              value={count(data.needsAttention)}
              tone={data.byHealth.critical > 0 ? "critical" : undefined}
              note={`${count(data.byHealth.critical)} critical · ${count(data.byHealth.warning)} warning`}
              href="/devices?attention=true"
            />
            <StatCard
              label="Waiting to connect"
              icon={<Hourglass aria-hidden />}
              value={count(data.byLifecycle.provisioned)}
              note="never heard from"
              href="/devices?state=provisioned"
            />
            <StatCard
              label="In maintenance"
              icon={<Wrench aria-hidden />}
              value={count(data.byLifecycle.maintenance)}
              note="alerts are quiet"
              href="/devices?state=maintenance"
              className="max-sm:col-span-2"
            />
          </div>
          <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
            <div className="flex min-w-0 flex-col gap-4">
              <Card>
                <CardHeader title="Needs attention" aside={count(attention.data?.total ?? 0)} divided />
                {attention.data && attention.data.total > 0 ? (
                  <AttentionList {...attention.data} />
                ) : (
                  <EmptyState
                    level={3}
                    icon={<CircleCheck />}
                    title="All is well"
                    description="No device needs anybody now."
                    className="py-8"
                  />
                )}
              </Card>
              <Card>
                <CardHeader title="Recent activity" divided />
                <ActivityList activity={activity.data ?? []} />
              </Card>
            </div>
            <Card>
              <CardHeader title="Devices by type" aside="online" divided />
              <TypeTable rows={data.byType} />
            </Card>
          </div>
        </div>
      )}
    </>
  );
}

function HealthBar({ data }: { data: { byHealth: Record<"healthy" | "warning" | "critical" | "unknown", number> } }) {
  const { healthy, warning, critical, unknown } = data.byHealth;
  return (
    <SegmentedBar
      label="Devices by health"
      segments={[
        { label: "Healthy", value: healthy, tone: "healthy" },
        { label: "Warning", value: warning, tone: "warning" },
        { label: "Critical", value: critical, tone: "critical" },
        { label: "Unknown", value: unknown, tone: "unknown" },
      ]}
    />
  );
}
