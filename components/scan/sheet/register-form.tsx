"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import type { FieldPack } from "../offline/field-database";
import { nextReservedId } from "../offline/next-reserved-id";
import { useFieldStore } from "../offline/use-field";
import type { NewDevice } from "../use-scanner";

const TYPES = DEVICE_TYPES.map((type) => ({ value: type, label: DEVICE_TYPE_FACTS[type].label }));

/** Registers a device from the barn: the least that has to be known, the rest is added later. */
export function RegisterForm({ scanned, pack }: { scanned: NewDevice; pack: FieldPack }) {
  const store = useFieldStore();
  const farms = pack.farms.filter((farm) => farm.may.provision);
  const [type, setType] = useState<DeviceType | undefined>(scanned.type);
  const [farmId, setFarmId] = useState(pack.farmId ?? (farms.length === 1 ? farms[0]?.id : undefined));
  const [name, setName] = useState(scanned.name ?? "");
  const [place, setPlace] = useState("");
  const [typedId, setTypedId] = useState(scanned.deviceId ?? "");
  const [reservedId, setReservedId] = useState<string>();
  const [errors, setErrors] = useState<Partial<Record<"type" | "farm" | "name" | "deviceId", string>>>({});
  const [registered, setRegistered] = useState<string>();
  const deviceId = (typedId || reservedId || "").trim().toUpperCase();

  useEffect(() => {
    let isOver = false;
    const propose = async () => {
      const id = type && farmId ? await nextReservedId(await store.database(), pack, { farmId, type }) : undefined;
      if (!isOver) setReservedId(id);
    };
    void propose();
    return () => {
      isOver = true;
    };
  }, [store, pack, type, farmId]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = {
      ...(type ? {} : { type: "Choose a device type" }),
      ...(farmId ? {} : { farm: "Choose a farm" }),
      ...(name.trim() ? {} : { name: "Name is required" }),
      ...(DEVICE_ID_PATTERN.test(deviceId) ? {} : { deviceId: "Two letters, then three to six digits, for example MM001" }),
    };
    setErrors(wrong);
    if (!type || !farmId || Object.keys(wrong).length > 0) return;
    const { serialNumber = null, macAddress = null, manufacturer, model } = scanned;
    try {
      await store.register(deviceId, {
        type,
        farmId,
        name: name.trim(),
        location: place.trim() || null,
        serialNumber,
        macAddress,
        manufacturer: manufacturer ?? "",
        model: model ?? "",
      });
      setRegistered(deviceId);
      toast.success(`${deviceId} is registered on this tablet`);
    } catch (error) {
      toast.error((error as Error).message);
    }
  };
  if (registered) {
    return (
      <p className="text-pretty">
        <span className="font-mono font-semibold">{registered}</span> is registered on this tablet. When it has arrived, open its page and
        issue its credentials.
      </p>
    );
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label="Device type" error={errors.type}>
        <Select items={TYPES} value={type ?? null} onValueChange={setType} placeholder="Choose a type" />
      </Field>
      <Field
        label="Device ID"
        error={errors.deviceId}
        hint={
          scanned.deviceId
            ? "As the label says"
            : reservedId
              ? "From your reserved IDs"
              : "Type the ID of a printed label, or reserve IDs while online"
        }
      >
        <Input
          mono
          value={typedId || reservedId || ""}
          readOnly={scanned.deviceId !== undefined}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => setTypedId(event.target.value)}
        />
      </Field>
      <Field label="Name" error={errors.name}>
        <Input value={name} maxLength={120} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Farm" error={errors.farm}>
        <Select
          items={farms.map((farm) => ({ value: farm.id, label: farm.name, description: farm.code }))}
          value={farmId ?? null}
          onValueChange={setFarmId}
          placeholder="Choose a farm"
        />
      </Field>
      <Field label="Place" optional>
        <Input value={place} maxLength={200} autoComplete="off" onChange={(event) => setPlace(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" size="field">
        Register
      </Button>
    </form>
  );
}
