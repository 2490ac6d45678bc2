import Link from "next/link";
import { ChartTable } from "@/components/charts/chart-table";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { cn } from "@/components/ui/cn";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { FirmwareSpread } from "@/server/services/overview/get-firmware-spread";

/** Paler with every version; the words under the bar say which is which. */
const SHADES = ["bg-accent", "bg-accent/75 pattern-hatch", "bg-accent/55", "bg-accent/55 pattern-hatch", "bg-accent/35"];

/** Which firmware the devices of each type run; each version opens the list of its devices. */
export function FirmwareList({ spread }: { spread: readonly FirmwareSpread[] }) {
  return (
    <>
      <ul className="divide-y">
        {spread.map((ofType) => (
          <TypeFirmware key={ofType.type} {...ofType} />
        ))}
      </ul>
      <div className="border-t px-4 py-3">
        <ChartTable caption="Firmware by type" head={["Type and version", "Devices", "Share"]} rows={() => spread.flatMap(rowsOf)} />
      </div>
    </>
  );
}

function TypeFirmware({ type, total, unreported, versions, others }: FirmwareSpread) {
  const { plural } = DEVICE_TYPE_FACTS[type];
  const spoken = partsOf({ type, total, unreported, versions, others }).map(({ label, devices }) => `${devices} on ${label}`);
  return (
    <li className="px-4 py-3">
      <p className="flex items-center gap-2">
        <DeviceTypeIcon type={type} className="size-4 shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1 truncate font-medium">{plural}</span>
        <span className="text-sm text-ink-3 tabular">{formatCount(total)}</span>
      </p>
      <div role="img" aria-label={`${plural}: ${spoken.join(", ")}`} className="mt-2 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
        {versions.map(({ version, devices }, index) => (
          <span key={version} style={{ flexGrow: devices }} className={cn("min-w-1 basis-0", SHADES[index])} />
        ))}
        {others.devices + unreported > 0 ? (
          <span style={{ flexGrow: others.devices + unreported }} className="min-w-1 basis-0 bg-line-2" />
        ) : null}
      </div>
      <ul className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {versions.map(({ version, devices }, index) => (
          <li key={version} className="flex items-center gap-1.5">
            <span aria-hidden className={cn("size-2.5 rounded-[3px]", SHADES[index])} />
            <Link
              href={`/devices?type=${type}&fw=${encodeURIComponent(version)}`}
              className="inline-flex min-h-6 min-w-6 items-center rounded-inner font-mono tracking-tight text-accent hover:underline pointer-coarse:min-h-11"
            >
              {version}
            </Link>
            <span className="text-ink-2 tabular">{shareOf(devices, total)}</span>
          </li>
        ))}
        {others.versions > 0 ? (
          <li className="text-ink-2 tabular">
            {amountOf(others.versions, "other version")} {shareOf(others.devices, total)}
          </li>
        ) : null}
        {unreported > 0 ? <li className="text-ink-2 tabular">not reported {shareOf(unreported, total)}</li> : null}
      </ul>
    </li>
  );
}

function partsOf({ unreported, versions, others }: FirmwareSpread): { label: string; devices: number }[] {
  return [
    ...versions.map(({ version, devices }) => ({ label: version, devices })),
    ...(others.versions > 0 ? [{ label: amountOf(others.versions, "other version"), devices: others.devices }] : []),
    ...(unreported > 0 ? [{ label: "an unreported version", devices: unreported }] : []),
  ];
}

function rowsOf(spread: FirmwareSpread) {
  return partsOf(spread).map(({ label, devices }) => ({
    key: `${spread.type} ${label}`,
    label: `${DEVICE_TYPE_FACTS[spread.type].plural}, ${label}`,
    figures: [formatCount(devices), shareOf(devices, spread.total)],
  }));
}

/** Never 0 % of some, and never 100 % of not all. */
function shareOf(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  if (percent > 99 && percent < 100) return "> 99 %";
  return `${Math.round(percent)} %`;
}
