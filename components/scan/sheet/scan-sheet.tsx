"use client";

import { useEffect, useState } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { ScannedMatch } from "@/server/services/scan/find-scanned";
import { applyPending } from "../offline/apply-pending";
import type { ScannedBy } from "../offline/field-api";
import type { FieldPack, OutboxEntry } from "../offline/field-database";
import type { Shown } from "../use-scanner";
import { DevicePanel } from "./device-panel";
import { MatchList } from "./match-list";
import { UnknownPanel } from "./unknown-panel";

interface ScanSheetProps {
  shown: Shown;
  pack: FieldPack;
  outbox: OutboxEntry[];
  onClose: () => void;
  onReload: (by: ScannedBy) => Promise<void>;
}

/** What was scanned: a device with what can be done to it, or one that is new. */
export function ScanSheet({ shown, pack, outbox, onClose, onReload }: ScanSheetProps) {
  const [chosenId, setChosenId] = useState<string>();
  const matches = shown.kind === "found" ? shown.found.matches : [];
  const match = matches.length === 1 ? matches[0] : matches.find(({ device }) => device.deviceId === chosenId);
  const { waiting, applied, arrived } = useEntriesOf(match?.device.deviceId, outbox);
  const device = match && applyPending(match.device, applied);
  const { by } = shown;
  useEffect(() => {
    // Pictures and readings are the server's to tell.
    if (arrived > 0) void onReload(by);
  }, [arrived, by, onReload]);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent {...headingOf(shown, match && device && { ...match, device })} className="sm:rounded-t-[1.25rem]">
        {shown.kind === "unknown" ? <UnknownPanel key={JSON.stringify(shown.by)} shown={shown} pack={pack} outbox={outbox} /> : null}
        {shown.kind === "found" && !match ? <MatchList matches={matches} onChoose={setChosenId} /> : null}
        {shown.kind === "found" && match && device ? (
          <DevicePanel
            key={device.deviceId}
            match={{ ...match, device }}
            source={shown.found.source}
            takenAt={pack.at}
            waiting={waiting}
            onReload={() => void onReload(by)}
          />
        ) : null}
      </SheetContent>
    </Sheet>
  );
}

/**
 * What was done to one device while its sheet lies open. What has arrived meanwhile still counts: what is shown was read
 * before it.
 */
function useEntriesOf(deviceId: string | undefined, outbox: OutboxEntry[]) {
  const [seen, setSeen] = useState<OutboxEntry[]>([]);
  const waiting = outbox.filter((entry) => entry.action.deviceId === deviceId);
  const fresh = waiting.filter((entry) => !seen.some(({ id }) => id === entry.id));
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  const gone = seen.filter((entry) => entry.action.deviceId === deviceId && !waiting.some(({ id }) => id === entry.id));
  return { waiting, applied: [...gone, ...waiting], arrived: gone.length };
}

function headingOf(shown: Shown, match: ScannedMatch | undefined) {
  if (match) {
    const { deviceId, name, type, location } = match.device;
    return {
      title: (
        <>
          <span className="font-mono tracking-tight">{deviceId}</span> {name}
        </>
      ),
      description: [DEVICE_TYPE_FACTS[type].label, match.farm.name, location].filter(Boolean).join(" · "),
    };
  }
  if (shown.kind === "found") return { title: "Which one?", description: "Several devices bear this serial number." };
  const { deviceId, serialNumber, macAddress } = shown.scanned;
  return {
    title: <span className="font-mono tracking-tight">{deviceId ?? serialNumber ?? macAddress ?? "Not registered"}</span>,
    description: shown.taken
      ? "In use on a farm that is not yours"
      : shown.source === "server"
        ? "Not registered yet"
        : "Not among what this tablet took along",
  };
}
