import { BatteryWarning, CircleX, CloudOff, Gauge, type LucideIcon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { attentionTone, describeAttention } from "@/components/devices/describe-attention";
import { formatCount } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { IconTile } from "@/components/ui/icon-tile";
import type { AttentionReason } from "@/server/domain/health/policy";
import type { DeviceSummary } from "@/server/services/devices/views";

const ICONS: Record<AttentionReason["kind"], LucideIcon> = {
  silent: CircleX,
  battery: BatteryWarning,
  errors: TriangleAlert,
  calibration: Gauge,
  firmware_failed: CloudOff,
};

/** The worst devices with their first reason; each line opens the device. */
export function AttentionList({ devices, total }: { devices: readonly DeviceSummary[]; total: number }) {
  return (
    <>
      <ul className="divide-y">
        {devices.map((device) => (
          <AttentionRow key={device.deviceId} device={device} />
        ))}
      </ul>
      {total > devices.length ? (
        <p className="border-t px-4 py-3">
          <Link href="/devices?attention=true" className="font-medium text-accent hover:underline">
            All {formatCount(total)} devices that need attention
          </Link>
        </p>
      ) : null}
    </>
  );
}

function AttentionRow({ device }: { device: DeviceSummary }) {
  const [first, ...others] = device.attention;
  if (!first) return null;
  const Icon = ICONS[first.kind];
  return (
    <li className="relative flex items-center gap-3.5 px-4 py-3 hover:bg-sunken/60">
      <IconTile tone={attentionTone(first)}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <Link href={`/devices/${device.deviceId}`} className="-outline-offset-2 after:absolute after:inset-0">
            <span className="font-mono tracking-tight">{device.deviceId}</span> {device.name}
          </Link>
        </p>
        <p className="truncate text-sm text-ink-2" suppressHydrationWarning>
          {[first, ...others].map(describeAttention).join(" · ")}
        </p>
      </div>
      <RelativeTime at={device.lastSeenAt} className="shrink-0 text-sm text-ink-3" />
    </li>
  );
}
