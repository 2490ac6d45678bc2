"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { BatteryList } from "./battery-list";
import { FirmwareList } from "./firmware-list";
import { Panel } from "./panel";

const REFRESH_MS = 300_000;
const BATTERIES_SHOWN = 6;

/** What devices run on: batteries and firmware. */
export function SupplyPanels({ farmId }: { farmId: string | undefined }) {
  const trpc = useTRPC();
  const batteries = useQuery(trpc.overview.batteries.queryOptions({ farmId, pageSize: BATTERIES_SHOWN }, { refetchInterval: REFRESH_MS }));
  const firmware = useQuery(trpc.overview.firmware.queryOptions({ farmId }, { refetchInterval: REFRESH_MS }));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Batteries" description="Who needs one in the next 30 days" query={batteries} skeletonClassName="h-96">
        {(page) => <BatteryList {...page} />}
      </Panel>
      <Panel title="Firmware" description="What the devices run" query={firmware} skeletonClassName="h-96">
        {(spread) => <FirmwareList spread={spread} />}
      </Panel>
    </div>
  );
}
