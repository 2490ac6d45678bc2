"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { BatteryList } from "./battery-list";
import { FirmwareList } from "./firmware-list";
import { Panel } from "./panel";

const REFRESH_MS = 300_000;
const BATTERIES_SHOWN = 6;

/** Who needs a battery next. */
export function BatteryPanel({ farmId }: { farmId: string | undefined }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.overview.batteries.queryOptions({ farmId, pageSize: BATTERIES_SHOWN }, { refetchInterval: REFRESH_MS }));
  return (
    <Panel title="Batteries" description="Who needs one in the next 30 days" query={query} skeletonClassName="h-96">
      {(page) => <BatteryList {...page} />}
    </Panel>
  );
}

/** What the devices run. */
export function FirmwarePanel({ farmId }: { farmId: string | undefined }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.overview.firmware.queryOptions({ farmId }, { refetchInterval: REFRESH_MS }));
  return (
    <Panel title="Firmware" description="What the devices run" query={query} skeletonClassName="h-96">
      {(spread) => <FirmwareList spread={spread} />}
    </Panel>
  );
}
