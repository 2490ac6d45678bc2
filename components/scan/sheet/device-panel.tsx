"use client";

import { useState } from "react";
import { Hourglass } from "lucide-react";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { ScannedMatch } from "@/server/services/scan/find-scanned";
import type { FieldDevice } from "@/server/services/scan/views";
import { describeEntry } from "../offline/describe-entry";
import type { OutboxEntry } from "../offline/field-database";
import type { NewAction } from "../offline/outbox";
import { useFieldStore } from "../offline/use-field";
import { DeviceActionGrid } from "./device-action-grid";
import { DeviceFacts } from "./device-facts";
import { LocationForm } from "./location-form";
import { NfcWriter } from "./nfc-writer";
import { PhotoStrip } from "./photo-strip";
import { WorkList } from "./work-list";

interface DevicePanelProps {
  /** With what waits already applied. */
  match: ScannedMatch;
  source: "server" | "tablet";
  takenAt: Date;
  waiting: OutboxEntry[];
  onReload: () => void;
}

/** Somebody stands before a device: how it is, what is to be done, and doing it. */
export function DevicePanel({ match, source, takenAt, waiting, onReload }: DevicePanelProps) {
  const store = useFieldStore();
  const [open, setOpen] = useState<"location" | "nfc">();
  const { device, farm, may } = match;
  const act = async (action: NewAction, done: string) => {
    try {
      await store.act(action);
      setOpen(undefined);
      toast.success(done);
    } catch (error) {
      toast.error((error as Error).message);
    }
  };
  const retired = device.lifecycle === "decommissioned";
  return (
    <div className="flex flex-col gap-5">
      <DeviceFacts device={device} />
      {source === "tablet" ? (
        <p className="text-sm text-ink-2">
          As this tablet knew it <RelativeTime at={takenAt} suffix=" ago" />; the server cannot be reached now.
        </p>
      ) : null}
      {waiting.length > 0 ? (
        <Callout tone="info" title={waiting.length === 1 ? "Waits to be sent" : `${waiting.length} changes wait to be sent`}>
          <ul>
            {waiting.map((entry) => (
              <li key={entry.seq} className="flex items-center gap-2">
                <Hourglass aria-hidden className="size-3.5 shrink-0" />
                {describeEntry(entry.action)}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <WorkList device={device} timeZone={farm.timeZone} mayEdit={may.edit && !retired} onClose={act} />
      {open === "location" ? (
        <LocationForm
          device={device}
          onCancel={() => setOpen(undefined)}
          onSave={(location) => act(moveOf(device, location), `${device.deviceId}: place noted`)}
        />
      ) : null}
      {open === "nfc" ? <NfcWriter device={device} onDone={() => setOpen(undefined)} /> : null}
      {open === undefined && !retired ? <DeviceActionGrid device={device} may={may} onAct={act} onOpen={setOpen} /> : null}
      <PhotoStrip device={device} mayEdit={may.edit && !retired} onRemoved={onReload} />
      <a
        href={`/devices/${device.deviceId}`}
        className="flex min-h-11 items-center justify-center rounded-control font-medium text-accent hover:underline"
      >
        Open its page
      </a>
    </div>
  );
}

/** The base is where people see it: behind what waits. */
function moveOf(device: FieldDevice, location: string | null): NewAction {
  return { kind: "set_location", deviceId: device.deviceId, location, base: device.location };
}
