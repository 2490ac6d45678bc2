"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Callout } from "@/components/ui/callout";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { DeviceActions } from "./device-actions";
import { DeviceListSkeleton } from "./list/device-list-skeleton";
import { DeviceTabs } from "./device-tabs";
import { DeviceStatusBadge } from "./device-status-badge";
import { describeAttention } from "./describe-attention";
import { LiveStatus } from "./live-status";
import { ReplacementNotice } from "./replacement-notice";

/** One device: how it is now, who it is, how it gets in, what happened. */
export function DeviceScreen({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.devices.get.queryOptions({ deviceId }));
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} deviceId={deviceId} />;
  if (!query.data) return <DeviceListSkeleton />;
  const device = query.data;
  return (
    <>
      <PageHeader
        back={<BackLink href="/devices">Devices</BackLink>}
        title={
          <>
            <span className="font-mono tracking-tight">{device.deviceId}</span> {device.name}
          </>
        }
        badge={<DeviceStatusBadge lifecycle={device.lifecycle} health={device.healthStatus} />}
        subtitle={[DEVICE_TYPE_FACTS[device.type].label, device.farm.name, device.location].filter(Boolean).join(" · ")}
        actions={<DeviceActions device={device} />}
      />
      <div className="mt-5 flex flex-col gap-4">
        <Notices device={device} />
        <ReplacementNotice device={device} />
        <LiveStatus device={device} />
        <DeviceTabs device={device} />
      </div>
    </>
  );
}

function Notices({ device }: { device: Parameters<typeof DeviceActions>[0]["device"] }) {
  if (device.lifecycle === "decommissioned") {
    return (
      <Callout tone="unknown" title="Decommissioned">
        {device.decommissionReason}
      </Callout>
    );
  }
  if (device.lifecycle === "maintenance") {
    return (
      <Callout tone="maintenance" title="In maintenance">
        {device.maintenanceNotes ?? "Alerts are quiet until maintenance ends."}
      </Callout>
    );
  }
  if (device.attention.length === 0) return null;
  return (
    <Callout tone={device.healthStatus === "critical" ? "critical" : "warning"} title="Needs attention">
      <span suppressHydrationWarning>{device.attention.map(describeAttention).join(" · ")}</span>
    </Callout>
  );
}

function Failed({ error, onRetry, deviceId }: { error: ApiError; onRetry: () => void; deviceId: string }) {
  if (error.data?.httpStatus !== 404) return <ErrorState level={1} onRetry={onRetry} />;
  return (
    <EmptyState
      level={1}
      icon={<SearchX />}
      title={`No device ${deviceId}`}
      description="There is none with this ID on your farms."
      action={<BackLink href="/devices">All devices</BackLink>}
    />
  );
}
