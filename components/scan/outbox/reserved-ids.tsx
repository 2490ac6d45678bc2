"use client";

import { useState } from "react";
import { newRequestKey } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { formatDeviceId, parseDeviceId } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { failureOf } from "../offline/field-api";
import type { FieldBlock, FieldPack } from "../offline/field-database";
import { useFieldStore } from "../offline/use-field";

/** What a day in the barn needs. */
const COUNT = 10;
const TYPES = DEVICE_TYPES.map((type) => ({ value: type, label: DEVICE_TYPE_FACTS[type].label }));

/** IDs for new devices without labels: nobody else gets them. */
export function ReservedIds({ pack, online }: { pack: FieldPack; online: boolean }) {
  const store = useFieldStore();
  const farms = pack.farms.filter((farm) => farm.may.provision);
  const [farmId, setFarmId] = useState(pack.farmId ?? farms[0]?.id);
  const [type, setType] = useState<DeviceType>("milk_meter");
  const [busy, setBusy] = useState(false);
  if (farms.length === 0) return null;
  const reserve = async () => {
    if (!farmId) return;
    setBusy(true);
    try {
      await store.api.reserveIds({ farmId, type, count: COUNT, requestKey: newRequestKey() });
      await store.sync({ force: true });
    } catch (error) {
      const failure = failureOf(error);
      toast.error(failure.kind === "signed_out" ? "Sign in first." : failure.reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="reserved-ids" className="flex flex-col gap-3">
      <h3 id="reserved-ids" className="font-semibold">
        Reserved IDs
      </h3>
      <p className="text-ink-2">
        For new devices without a printed label, registered without a network. {pack.blocks.length === 0 ? "None are reserved." : ""}
      </p>
      {pack.blocks.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {pack.blocks.map((block) => (
            <li key={block.id} className="flex flex-wrap justify-between gap-x-3">
              <span className="font-mono tracking-tight">{rangeOf(block)}</span>
              <span className="text-ink-2">{pack.farms.find((farm) => farm.id === block.farmId)?.name}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="grid gap-2 sm:grid-cols-2">
        <Field label="Type">
          <Select items={TYPES} value={type} onValueChange={setType} />
        </Field>
        <Field label="For farm">
          <Select items={farms.map((farm) => ({ value: farm.id, label: farm.name }))} value={farmId ?? null} onValueChange={setFarmId} />
        </Field>
      </div>
      <Button size="field" disabled={!online} loading={busy} onClick={() => void reserve()}>
        {online ? `Reserve ${COUNT} IDs` : "Reserving needs a network"}
      </Button>
    </section>
  );
}

function rangeOf({ firstId, count }: FieldBlock): string {
  const first = parseDeviceId(firstId);
  return first ? `${firstId} – ${formatDeviceId(first.prefix, first.number + count - 1)}` : firstId;
}
