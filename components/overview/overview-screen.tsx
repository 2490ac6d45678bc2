"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Cpu, MonitorUp, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { ActivityList } from "@/components/audit/activity-list";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Overview } from "@/server/services/devices/get-overview";
import { AttentionList } from "./attention-list";
import { KeyFigures } from "./key-figures";
import { OverviewSkeleton } from "./overview-skeleton";
import { Panel, PanelSkeleton } from "./panel";
import { PlaceList } from "./place-list";
import { StateList } from "./state-list";
import { TrendsSkeleton } from "./trend-skeleton";
import { TypeTable } from "./type-table";

const TrendsPanel = dynamic(() => import("./trends-panel").then((module) => module.TrendsPanel), { loading: () => <TrendsSkeleton /> });
const BatteryPanel = dynamic(() => import("./supply-panels").then((module) => module.BatteryPanel), { loading: () => <PanelSkeleton /> });
const FirmwarePanel = dynamic(() => import("./supply-panels").then((module) => module.FirmwarePanel), { loading: () => <PanelSkeleton /> });

/** What needs a person first, then how the fleet is and was. */
export function OverviewScreen() {
  const trpc = useTRPC();
  const { selectedFarmId, viewer } = useConsole();
  const farmId = selectedFarmId ?? undefined;
  const overview = useQuery(trpc.devices.overview.queryOptions({ farmId }));
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
      <PageHeader
        title="Overview"
        subtitle={farmName}
        actions={
          none ? null : (
            <>
              <Button render={<Link href={farmId ? `/wall?farm=${farmId}` : "/wall"} />}>
                <MonitorUp aria-hidden />
                Wall view
              </Button>
              {addDevice}
            </>
          )
        }
      />
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
        <Parts data={data} farmId={farmId} />
      )}
    </>
  );
}

function Parts({ data, farmId }: { data: Overview; farmId: string | undefined }) {
  const trpc = useTRPC();
  const attention = useQuery(trpc.overview.attention.queryOptions({ farmId }));
  const places = useQuery(trpc.overview.places.queryOptions({ farmId }));
  const activity = useQuery(trpc.audit.activity.queryOptions({ farmId, limit: 8 }));
  return (
    <div className="mt-5 flex flex-col gap-4">
      <KeyFigures data={data} />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <Panel
          title="Needs attention"
          aside={attention.data ? formatCount(attention.data.total) : null}
          query={attention}
          skeletonClassName="h-96"
        >
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState
                level={3}
                icon={<CircleCheck />}
                title="All is well"
                description="No device needs anybody now."
                className="py-8"
              />
            ) : (
              <AttentionList items={items} total={total} />
            )
          }
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Offline by farm and group" aside="of active devices" query={places} skeletonClassName="h-40">
            {(found) => <PlaceList {...found} />}
          </Panel>
          <Card>
            <CardHeader title="Devices by state" divided />
            <StateList byLifecycle={data.byLifecycle} />
          </Card>
        </div>
      </div>
      <TrendsPanel farmId={farmId} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <BatteryPanel farmId={farmId} />
          <Card>
            <CardHeader title="Devices by type" aside="online" divided />
            <TypeTable rows={data.byType} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <FirmwarePanel farmId={farmId} />
          <Card>
            <CardHeader title="Recent activity" divided />
            <ActivityList activity={activity.data ?? []} />
          </Card>
        </div>
      </div>
    </div>
  );
}
