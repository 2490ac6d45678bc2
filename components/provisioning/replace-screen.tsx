"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { PageHeader } from "@/components/patterns/page-header";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { Replacement } from "@/server/services/devices/replace-device";
import { DeviceCreated } from "./device-created";
import { ReplaceForm } from "./replace-form";

/** Swaps a unit for another, ending on the credentials of the new one. */
export function ReplaceScreen({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.devices.get.queryOptions({ deviceId }));
  // Kept when the old unit's page is read again: it is decommissioned by then.
  const [replacement, setReplacement] = useState<Replacement>();
  if (replacement) {
    return (
      <DeviceCreated
        device={replacement.device}
        credentials={replacement.credentials}
        subtitle={
          replacement.credentials
            ? `Takes the place of ${deviceId}. Put these credentials into the new unit now.`
            : `Takes the place of ${deviceId}. It connects with the password it has.`
        }
      />
    );
  }
  if (query.isError) {
    if (query.error.data?.httpStatus !== 404) return <ErrorState level={1} onRetry={() => void query.refetch()} />;
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
  if (!query.data) {
    return (
      <div aria-busy>
        <LoadingLabel />
        <Skeleton className="h-72 rounded-card" />
      </div>
    );
  }
  const device = query.data;
  if (!device.allowed.decommission || !device.allowed.edit) return <ForbiddenState />;
  return (
    <div className="mx-auto max-w-[50.5rem] lg:mx-0">
      <PageHeader
        title={`Replace ${deviceId}`}
        subtitle="The new unit takes over name, place, group, tags and alert rules. The history stays with each unit."
        back={<BackLink href={`/devices/${deviceId}`}>{`${deviceId} ${device.name}`}</BackLink>}
      />
      {device.lifecycle === "decommissioned" ? (
        <EmptyState
          title={`${deviceId} is decommissioned`}
          description={device.replacedBy ? `${device.replacedBy.deviceId} has taken its place.` : "It can no longer be replaced."}
          action={<BackLink href={`/devices/${device.replacedBy?.deviceId ?? deviceId}`}>Open device</BackLink>}
        />
      ) : (
        <ReplaceForm device={device} onReplaced={setReplacement} />
      )}
    </div>
  );
}
