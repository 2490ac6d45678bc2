import Link from "next/link";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { formatCount } from "@/components/patterns/format-count";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";

/** How many of each type are online; each line opens the list of that type. */
export function TypeTable({ rows }: { rows: readonly { type: DeviceType; total: number; online: number }[] }) {
  return (
    <ul className="divide-y">
      {rows.map(({ type, total, online }) => (
        <li key={type} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
          <DeviceTypeIcon type={type} className="size-4 shrink-0 text-ink-3" />
          <Link href={`/devices?type=${type}`} className="min-w-0 flex-1 truncate -outline-offset-2 after:absolute after:inset-0">
            {DEVICE_TYPE_FACTS[type].plural}
          </Link>
          <span className="text-ink-2 tabular">
            <span className="font-medium text-ink">{formatCount(online)}</span> of {formatCount(total)}
          </span>
        </li>
      ))}
    </ul>
  );
}
