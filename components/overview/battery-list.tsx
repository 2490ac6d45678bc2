import { BatteryLow, BatteryWarning } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/patterns/format-count";
import { IconTile } from "@/components/ui/icon-tile";
import type { BatteryPage, ListedBattery } from "@/server/services/overview/list-batteries";
import { batteryRange } from "./describe-battery";

/** The next batteries to run low; each line opens the device. */
export function BatteryList({ batteries, counts }: Pick<BatteryPage, "batteries" | "counts">) {
  const total = counts.low + counts.due;
  const unknown = Object.values(counts.unknown).reduce((sum, count) => sum + count, 0);
  return (
    <>
      {batteries.length === 0 ? (
        <p className="px-4 py-6 text-center text-ink-2">No battery runs low within 30 days, as far as can be said.</p>
      ) : (
        <ul className="divide-y">
          {batteries.map((battery) => (
            <BatteryRow key={battery.deviceId} battery={battery} />
          ))}
        </ul>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-3">
        {total > 0 ? (
          <Link href="/overview/batteries" className="font-medium text-accent hover:underline">
            All {formatCount(total)} batteries
          </Link>
        ) : null}
        {unknown > 0 ? (
          <Link href="/overview/batteries?view=unknown" className="text-accent hover:underline">
            {formatCount(unknown)} of which nothing can be said
          </Link>
        ) : null}
        {total + unknown === 0 ? <span className="text-ink-3">{formatCount(counts.notSoon)} watched</span> : null}
      </p>
    </>
  );
}

function BatteryRow({ battery }: { battery: ListedBattery }) {
  const { deviceId, name, outlook, batteryLevel, farm } = battery;
  const isLow = outlook.kind === "low";
  return (
    <li className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
      <IconTile tone={isLow ? "critical" : "warning"}>{isLow ? <BatteryWarning /> : <BatteryLow />}</IconTile>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          <Link href={`/devices/${deviceId}?tab=health`} className="-outline-offset-2 after:absolute after:inset-0">
            <span className="mr-1.5 font-mono tracking-tight">{deviceId}</span>
            {name}
          </Link>
        </p>
        <p className="truncate text-sm text-ink-2">
          <span suppressHydrationWarning>{isLow ? "low now" : batteryRange(outlook, new Date())}</span>
          <span className="text-ink-3"> · {farm.name}</span>
        </p>
      </div>
      {batteryLevel === null ? null : <span className="shrink-0 font-medium tabular">{Math.round(batteryLevel)} %</span>}
    </li>
  );
}
