"use client";

import { CircleHelp, WandSparkles } from "lucide-react";
import { useState } from "react";
import { saveDraft } from "@/components/patterns/session-draft";
import { DRAFT_KEY, EMPTY_DRAFT } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { FieldPack, OutboxEntry } from "../offline/field-database";
import { useField, useFieldStore } from "../offline/use-field";
import type { Shown } from "../use-scanner";
import { RegisterForm } from "./register-form";

type Unknown = Shown & { kind: "unknown" };

interface UnknownPanelProps {
  shown: Unknown;
  pack: FieldPack;
  outbox: OutboxEntry[];
}

const METHODS = { camera: "qr_code", nfc: "nfc", manual: "manual" } as const;

/** A device that is not registered: the wizard with what its code says, or registering here when there is no network. */
export function UnknownPanel({ shown, pack, outbox }: UnknownPanelProps) {
  const { connection } = useField(useFieldStore());
  const [here, setHere] = useState(false);
  const { scanned, taken, source, way } = shown;
  const mayProvision = pack.farms.some((farm) => farm.may.provision);
  if (taken) {
    return (
      <Callout tone="warning" title="This ID belongs to a device on a farm that is not yours">
        If the device hangs before you, its label is on the wrong one, or an admin has to give you that farm.
      </Callout>
    );
  }
  if (outbox.some((entry) => entry.action.kind === "register" && entry.action.deviceId === scanned.deviceId)) {
    return (
      <Callout tone="info" title="Registered on this tablet; it waits to be sent">
        When it has arrived, open its page and issue its credentials.
      </Callout>
    );
  }
  const offline = source === "tablet" || connection !== "online";
  const facts = [
    scanned.type && DEVICE_TYPE_FACTS[scanned.type].label,
    scanned.serialNumber && `Serial ${scanned.serialNumber}`,
    scanned.name,
  ];
  const wizard = () => {
    const { type, name, deviceId, serialNumber, manufacturer, model, macAddress } = scanned;
    const [only, second] = pack.farms.filter((farm) => farm.may.provision);
    saveDraft(DRAFT_KEY, {
      ...EMPTY_DRAFT,
      type,
      name: name ?? "",
      deviceId: deviceId ?? "",
      farmId: pack.farmId ?? (second ? "" : (only?.id ?? "")),
      serialNumber: serialNumber ?? "",
      manufacturer: manufacturer ?? "",
      model: model ?? "",
      macAddress: macAddress ?? "",
    });
    location.assign(`/devices/new?step=${type ? 2 : 1}&via=${METHODS[way]}`);
  };
  return (
    <div className="flex flex-col gap-4">
      {facts.some(Boolean) ? <p className="text-ink-2">The code says: {facts.filter(Boolean).join(" · ")}</p> : null}
      {!mayProvision ? (
        <p className="flex items-start gap-2 text-ink-2">
          <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
          Your role does not let you register devices. Tell a farm manager.
        </p>
      ) : null}
      {mayProvision && !offline && !here ? (
        <div className="flex flex-col gap-2">
          <Button variant="primary" size="field" onClick={wizard}>
            <WandSparkles aria-hidden />
            Set up this device
          </Button>
          <Button size="field" onClick={() => setHere(true)}>
            Register here, credentials later
          </Button>
        </div>
      ) : null}
      {mayProvision && (offline || here) ? (
        <>
          {offline ? (
            <Callout tone="info" title="No network: register it now, get its credentials later">
              It is sent when the network is back. Whether the ID is free is known then.
            </Callout>
          ) : null}
          <RegisterForm scanned={scanned} pack={pack} />
        </>
      ) : null}
    </div>
  );
}
