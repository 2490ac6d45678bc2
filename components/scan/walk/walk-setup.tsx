"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import type { WalkOptions } from "@/server/domain/scan/walk";
import type { FieldPack } from "../offline/field-database";

interface WalkSetupProps {
  pack: FieldPack;
  onStart: (options: WalkOptions) => void;
  onClose: () => void;
}

const ANY = "any";
const MAX_PLACE = 9_999;

/** What the places are called, where they begin and end, and what belongs there. */
export function WalkSetup({ pack, onStart, onClose }: WalkSetupProps) {
  const farms = pack.farms.filter((farm) => farm.may.edit);
  const [placeName, setPlaceName] = useState("Stall");
  const [first, setFirst] = useState("1");
  const [last, setLast] = useState("");
  const [type, setType] = useState<DeviceType | typeof ANY>(ANY);
  const [farmId, setFarmId] = useState(pack.farmId ?? (farms.length === 1 ? (farms[0]?.id ?? ANY) : ANY));
  const [error, setError] = useState<"name" | "first" | "last">();
  const submit = () => {
    const from = Number(first);
    const to = last.trim() === "" ? null : Number(last);
    if (placeName.trim() === "") return setError("name");
    if (!isPlace(from)) return setError("first");
    if (to !== null && (!isPlace(to) || to < from)) return setError("last");
    onStart({
      placeName,
      first: from,
      last: to,
      type: type === ANY ? null : type,
      farmId: farmId === ANY ? null : farmId,
      startedAt: new Date().toISOString(),
    });
  };
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title="Start a walk" description="Scan one device after another; each gets the next place.">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          className="flex flex-col gap-4"
        >
          <Field label="Places are called" error={error === "name" ? "Say what a place is called" : undefined}>
            <Input value={placeName} maxLength={60} onChange={(event) => setPlaceName(event.target.value)} />
          </Field>
          <div className="grid grid-cols-2 gap-3">
            <Field label="First number" error={error === "first" ? "A whole number" : undefined}>
              <Input inputMode="numeric" value={first} onChange={(event) => setFirst(event.target.value)} />
            </Field>
            <Field label="Last number" optional error={error === "last" ? "A whole number, not before the first" : undefined}>
              <Input inputMode="numeric" value={last} onChange={(event) => setLast(event.target.value)} />
            </Field>
          </div>
          <Field label="Only devices of type">
            <Select
              items={[
                { value: ANY, label: "Any type" },
                ...DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].label })),
              ]}
              value={type}
              onValueChange={(value) => setType(value)}
            />
          </Field>
          {farms.length > 1 ? (
            <Field label="Only devices of farm">
              <Select
                items={[{ value: ANY, label: "Any farm" }, ...farms.map((farm) => ({ value: farm.id, label: farm.name }))]}
                value={farmId}
                onValueChange={setFarmId}
              />
            </Field>
          ) : null}
          <Button type="submit" variant="primary" size="field">
            Start
          </Button>
        </form>
      </SheetContent>
    </Sheet>
  );
}

function isPlace(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= MAX_PLACE;
}
