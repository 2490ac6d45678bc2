import Link from "next/link";
import { formatBytes } from "@/components/devices/format-readings";
import { formatDay } from "@/components/maintenance/format-day";
import { formatCount } from "@/components/patterns/format-count";
import { Badge } from "@/components/ui/badge";
import type { FirmwareView } from "@/server/services/firmware/views";
import { FirmwareStateBadge } from "./firmware-state-badge";

/** One version in a list: what it is, where it stands, how many devices run it. */
export function VersionRow({ firmware }: { firmware: FirmwareView }) {
  const facts = [
    formatDay(firmware.releaseDate),
    firmware.sizeBytes === null ? "no file yet" : formatBytes(firmware.sizeBytes),
    firmware.compatibleModels.length > 0 ? firmware.compatibleModels.join(", ") : null,
    firmware.minPreviousVersion ? `from ${firmware.minPreviousVersion} on` : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-sunken/60">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            href={`/firmware/${firmware.id}`}
            className="min-w-0 font-semibold break-words -outline-offset-2 after:absolute after:inset-0"
          >
            <span className="font-mono tracking-tight">{firmware.version}</span> <span className="font-medium">{firmware.name}</span>
          </Link>
          <FirmwareStateBadge state={firmware.state} isNewest={firmware.isNewestStable} />
          {firmware.isMandatory ? <Badge tone="warning">Mandatory</Badge> : null}
        </p>
        <p className="mt-0.5 text-sm text-ink-3 tabular">{facts.join(" · ")}</p>
      </div>
      <div className="shrink-0 text-right tabular">
        <p>
          <span className="font-semibold">{formatCount(firmware.deviceCount)}</span>
          <span className="text-sm text-ink-2"> {firmware.deviceCount === 1 ? "device" : "devices"}</span>
        </p>
        {firmware.failedUpdates > 0 ? <p className="text-sm text-critical">{formatCount(firmware.failedUpdates)} failed</p> : null}
      </div>
    </li>
  );
}
