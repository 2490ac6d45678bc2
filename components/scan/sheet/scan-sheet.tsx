"use client";

import { useState } from "react";
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
  onReload: (by: ScannedBy) => void;
}

/** What was scanned: a device with what can be done to it, or one that is new. */
export function ScanSheet({ shown, pack, outbox, onClose, onReload }: ScanSheetProps) {
  const [chosenId, setChosenId] = useState<string>();
  const matches = shown.kind === "found" ? shown.found.matches : [];
  const match = matches.length === 1 ? matches[0] : matches.find(({ device }) => device.deviceId === chosenId);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent {...headingOf(shown, match)} className="sm:rounded-t-[1.25rem]">
        {shown.kind === "unknown" ? <UnknownPanel key={JSON.stringify(shown.by)} shown={shown} pack={pack} outbox={outbox} /> : null}
        {shown.kind === "found" && !match ? <MatchList matches={matches} onChoose={setChosenId} /> : null}
        {shown.kind === "found" && match ? (
          <DevicePanel
            key={match.device.deviceId}
            match={{ ...match, device: applyPending(match.device, outbox) }}
            known={match.device}
            source={shown.found.source}
            takenAt={pack.at}
            waiting={outbox.filter((entry) => entry.action.deviceId === match.device.deviceId)}
            onReload={() => onReload(shown.by)}
          />
        ) : null}
      </SheetContent>
    </Sheet>
  );
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
