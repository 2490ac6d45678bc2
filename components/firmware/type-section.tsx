"use client";

import Link from "next/link";
import { Fragment, useState } from "react";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { formatCount } from "@/components/patterns/format-count";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import type { SpreadEntry, TypeSpread } from "@/server/services/firmware/get-spread";
import type { FirmwareView } from "@/server/services/firmware/views";
import { devicesRunning, toneOfEntry } from "./firmware-facts";
import { VersionRow } from "./version-row";

const SHOWN_AT_FIRST = 6;

interface TypeSectionProps {
  deviceType: DeviceType;
  /** The newest first. */
  versions: readonly FirmwareView[];
  /** Left out: the caller has no device of the type. */
  spread: TypeSpread | undefined;
}

/** The versions for one type of device, and how the devices are spread over them. */
export function TypeSection({ deviceType, versions, spread }: TypeSectionProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? versions : versions.slice(0, SHOWN_AT_FIRST);
  const { plural } = DEVICE_TYPE_FACTS[deviceType];
  return (
    <Card aria-labelledby={`firmware-${deviceType}`}>
      <CardHeader
        titleId={`firmware-${deviceType}`}
        title={
          <span className="flex items-center gap-2">
            <DeviceTypeIcon type={deviceType} className="size-4 text-ink-3" />
            {plural}
          </span>
        }
        aside={spread ? `${formatCount(spread.total)} ${spread.total === 1 ? "device" : "devices"}` : "no devices"}
      />
      {spread ? <Spread plural={plural} spread={spread} /> : null}
      {versions.length === 0 ? (
        <p className="border-t px-4 py-3 text-ink-2">No version is in the register yet.</p>
      ) : (
        <ul className="divide-y border-t" aria-label={`Firmware for ${plural.toLowerCase()}`}>
          {shown.map((firmware) => (
            <VersionRow key={firmware.id} firmware={firmware} />
          ))}
        </ul>
      )}
      {versions.length > shown.length ? (
        <div className="border-t px-4 py-2">
          <Button variant="ghost" size="sm" onClick={() => setShowsAll(true)}>
            Show all {versions.length} versions
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function Spread({ plural, spread: { entries, deviceType } }: { plural: string; spread: TypeSpread }) {
  const unregistered = entries.filter((entry) => entry.version !== null && !entry.firmware);
  return (
    <div className="px-4 pb-3">
      <SegmentedBar
        label={`${plural} by firmware`}
        segments={entries.map((entry) => ({ label: labelOf(entry), value: entry.devices, tone: toneOfEntry(entry) }))}
        legend
      />
      {unregistered.length > 0 ? (
        <p className="mt-2 text-sm text-ink-2">
          Not in the register:{" "}
          {unregistered.map(({ version }, index) => (
            <Fragment key={version}>
              {index > 0 ? ", " : ""}
              <Link
                href={devicesRunning(deviceType, version ?? "")}
                className="hit-area font-mono tracking-tight text-accent hover:underline"
              >
                {version}
              </Link>
            </Fragment>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function labelOf({ version, isNewest }: SpreadEntry): string {
  if (version === null) return "Not reported";
  return isNewest ? `${version} (newest)` : version;
}
