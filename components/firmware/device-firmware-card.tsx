"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { useTRPC } from "@/components/console/trpc";
import { DefinitionList } from "@/components/patterns/definition-list";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FIRMWARE_UPDATE_STATUS_LABELS } from "@/server/domain/devices/vocabulary";
import type { DevicePageView } from "@/server/services/devices/get-device";
import type { UpgradePathView } from "@/server/services/firmware/get-upgrade-path";
import { FirmwareStateBadge } from "./firmware-state-badge";

/** What a device runs, what it is being given, and how it gets to the newest stable version. */
export function DeviceFirmwareCard({ device }: { device: DevicePageView }) {
  const trpc = useTRPC();
  const upgrade = useQuery(trpc.firmware.upgradePath.queryOptions({ deviceId: device.deviceId }));
  const registered = upgrade.data?.registered;
  return (
    <Card>
      <CardHeader title="Firmware" divided />
      <CardBody className="pt-4">
        <DefinitionList
          className="break-words"
          items={[
            {
              term: "Installed",
              value: device.firmwareVersion ? <Installed version={device.firmwareVersion} registered={registered} /> : null,
            },
            {
              term: "Upgrade path",
              value: upgrade.data ? <PathInWords path={upgrade.data} /> : upgrade.isError ? "Not known at the moment" : "\u00a0",
            },
            { term: "Target", value: device.targetFirmwareVersion, mono: true },
            { term: "Update", value: FIRMWARE_UPDATE_STATUS_LABELS[device.firmwareUpdateStatus] },
            ...(device.firmwareUpdateScheduledAt ? [{ term: "Scheduled", value: formatMoment(device.firmwareUpdateScheduledAt) }] : []),
            ...(device.firmwareUpdateCompletedAt ? [{ term: "Completed", value: formatMoment(device.firmwareUpdateCompletedAt) }] : []),
            ...(device.firmwareUpdateError ? [{ term: "Error", value: device.firmwareUpdateError }] : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Installed({ version, registered }: { version: string; registered: UpgradePathView["registered"] | undefined }) {
  if (!registered) return <span className="font-mono tracking-tight">{version}</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <VersionLink {...registered} />
      <FirmwareStateBadge state={registered.state} />
    </span>
  );
}

function VersionLink({ id, version }: { id: string; version: string }) {
  return (
    <Link href={`/firmware/${id}`} className="hit-area font-mono tracking-tight text-accent hover:underline">
      {version}
    </Link>
  );
}

/** The hops, or why there are none. */
function PathInWords({ path: { path, target, mandatory } }: { path: UpgradePathView }): ReactNode {
  const newest = target ? <VersionLink {...target} /> : null;
  switch (path.kind) {
    case "no_target":
      return "No stable version is registered for this type";
    case "unfit":
      return (
        <>
          No: {newest} is for another {path.why === "model" ? "model" : "maker"}
        </>
      );
    case "arrived":
      return "Up to date: it runs the newest stable version";
    case "newer":
      return <>It runs something newer than {newest}, the newest stable version</>;
    case "unknown":
      return "It has not said yet what it runs";
    case "blocked":
      return (
        <>
          None to {newest}: it needs a stable version from <span className="font-mono tracking-tight">{path.needs}</span> on that can be
          installed over what it runs
        </>
      );
    case "path":
      return (
        <>
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            {path.hops.map((hop, index) => (
              <Fragment key={hop.id}>
                {index > 0 ? <ArrowRight aria-label="then" className="size-3.5 text-ink-3" /> : null}
                <VersionLink {...hop} />
              </Fragment>
            ))}
          </span>
          <span className="block text-sm text-ink-2">
            {path.hops.length === 1 ? "One update" : `${path.hops.length} updates, one after the other`}
            {mandatory.length > 0 ? `; ${mandatory.map(({ version }) => version).join(", ")} mandatory` : ""}
          </span>
        </>
      );
  }
}

function formatMoment(at: Date): string {
  return at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
