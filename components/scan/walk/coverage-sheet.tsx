"use client";

import { CircleCheck, CircleDashed } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { coverageOf, type Walk } from "@/server/domain/scan/walk";
import type { FieldDevice } from "@/server/services/scan/views";
import { useFieldStore } from "../offline/use-field";

interface CoverageSheetProps {
  walk: Walk;
  onClose: () => void;
  onEnd: () => void;
}

/** The end of a walk: which place has its device and which has none, and what nobody came by. */
export function CoverageSheet({ walk, onClose, onEnd }: CoverageSheetProps) {
  const store = useFieldStore();
  const [devices, setDevices] = useState<FieldDevice[]>([]);
  useEffect(() => {
    store
      .database()
      .then((db) => db.getAll("devices"))
      .then(setDevices)
      .catch(() => undefined);
  }, [store]);
  const { places, filled, unseen } = coverageOf(walk, devices);
  const plural = walk.type ? DEVICE_TYPE_FACTS[walk.type].plural.toLowerCase() : "devices";
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title="Coverage" description={`${filled} of ${places.length} places have a device`}>
        <div className="flex flex-col gap-5">
          <ol aria-label="Places" className="grid gap-1.5 sm:grid-cols-2">
            {places.map(({ place, label, device }) => (
              <li key={place} className="flex min-h-11 items-center gap-3 rounded-control border border-line px-3">
                {device ? (
                  <CircleCheck aria-hidden className="size-5 shrink-0 text-healthy" />
                ) : (
                  <CircleDashed aria-hidden className="size-5 shrink-0 text-warning" />
                )}
                <span className="min-w-0 flex-1 truncate font-medium">{label}</span>
                <span className={device ? "font-mono tracking-tight" : "text-warning"}>{device?.deviceId ?? "No device"}</span>
              </li>
            ))}
          </ol>
          {unseen.length > 0 ? (
            <section aria-labelledby="unseen" className="flex flex-col gap-2">
              <h3 id="unseen" className="font-semibold">
                {unseen.length} {plural} not met
              </h3>
              <ul className="grid gap-1 sm:grid-cols-2">
                {unseen.map(({ deviceId, name, location }) => (
                  <li key={deviceId} className="truncate">
                    <span className="font-mono tracking-tight">{deviceId}</span> {name}
                    {location ? <span className="text-ink-2"> · {location}</span> : null}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <div className="grid grid-cols-2 gap-2">
            <Button size="field" onClick={onClose}>
              Go on
            </Button>
            <Button size="field" variant="primary" onClick={onEnd}>
              Finish walk
            </Button>
          </div>
        </div>
      </SheetContent>
    </Sheet>
  );
}
