"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryGate } from "@/components/console/query-gate";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { PageHeader } from "@/components/patterns/page-header";
import { Callout } from "@/components/ui/callout";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { DeviceActions } from "./device-actions";
import { DeviceTabs } from "./device-tabs";
import { DeviceStatusBadge } from "./device-status-badge";
import { describeAttention } from "./describe-attention";
import { LiveStatus } from "./live-status";
import { ReplacementNotice } from "./replacement-notice";

/** One device: how it is now, who it is, how it gets in, what happened. */
export function DeviceScreen({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.devices.get.queryOptions({ deviceId }));
  return (
    <QueryGate
      query={query}
      missing={{
        title: `No device ${deviceId}`,
        description: "There is none with this ID on your farms.",
        action: <BackLink href="/devices">All devices</BackLink>,
      }}
    >
      {(device) => <Loaded device={device} />}
    </QueryGate>
  );
}

function Loaded({ device }: { device: DevicePageView }) {
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

function Notices({ device }: { device: DevicePageView }) {
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
