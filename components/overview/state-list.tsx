import Link from "next/link";
import { formatCount } from "@/components/patterns/format-count";
import { DEVICE_LIFECYCLES, type DeviceLifecycle, LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";

/** How many devices stand where in their life; each line opens its list. */
export function StateList({ byLifecycle }: { byLifecycle: Record<DeviceLifecycle, number> }) {
  const most = Math.max(1, ...Object.values(byLifecycle));
  return (
    <ul className="divide-y">
      {DEVICE_LIFECYCLES.map((state) => (
        <li key={state} className="relative grid grid-cols-[minmax(0,1fr)_6rem_4.5rem] items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
          <Link href={`/devices?state=${state}`} className="truncate -outline-offset-2 after:absolute after:inset-0">
            {LIFECYCLE_FACTS[state].label}
          </Link>
          <span aria-hidden className="flex h-2 overflow-hidden rounded-full bg-line">
            <span style={{ width: `${(byLifecycle[state] / most) * 100}%` }} className="rounded-full bg-accent" />
          </span>
          <span className="text-right font-medium tabular">{formatCount(byLifecycle[state])}</span>
        </li>
      ))}
    </ul>
  );
}
