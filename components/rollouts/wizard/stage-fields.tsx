"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { DeviceIdsField } from "./device-ids-field";
import { NumberField } from "./number-field";
import type { RolloutFormInput } from "./rollout-form";

type StageSize = RolloutFormInput["stages"][number]["size"];

const SIZE_KINDS = [
  { value: "percent", label: "Up to a share of all", description: "5 %, then 25 %, then 100 %: they add up" },
  { value: "count", label: "A number of devices", description: "On top of the stages before" },
  { value: "devices", label: "Certain devices", description: "The bench unit, one side of the parlour" },
] as const;

/** What a stage of each kind begins with. */
const FIRST_SIZES: Record<StageSize["kind"], StageSize> = {
  percent: { kind: "percent", upTo: 100 },
  count: { kind: "count", count: 1 },
  devices: { kind: "devices", deviceIds: [] },
};

interface StageFieldsProps {
  index: number;
  isLast: boolean;
  onMove: (to: number) => void;
  /** Left out: the only one stays. */
  onRemove: (() => void) | undefined;
}

/** One stage: who is in it, when it is over, when it stops everything. */
export function StageFields({ index, isLast, onMove, onRemove }: StageFieldsProps) {
  const { register, control, getFieldState, formState } = useFormContext<RolloutFormInput>();
  const path = `stages.${index}` as const;
  const kind = useWatch({ control, name: `${path}.size.kind` });
  const name = useWatch({ control, name: `${path}.name` });
  return (
    <li>
      <Card>
        <CardHeader
          title={`${index + 1}. ${name}`}
          divided
          aside={
            <>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Move ${name} up`}
                disabled={index === 0}
                onClick={() => onMove(index - 1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button variant="ghost" size="icon-sm" aria-label={`Move ${name} down`} disabled={isLast} onClick={() => onMove(index + 1)}>
                <ArrowDown aria-hidden />
              </Button>
              <Button variant="ghost" size="icon-sm" aria-label={`Remove ${name}`} disabled={!onRemove} onClick={onRemove}>
                <Trash2 aria-hidden />
              </Button>
            </>
          }
        />
        <div className="grid gap-4 p-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field label="Name" error={getFieldState(`${path}.name`, formState).error?.message}>
            <Input autoComplete="off" {...register(`${path}.name`)} />
          </Field>
          <Field label="Who" error={getFieldState(`${path}.size`, formState).error?.message}>
            <Controller
              control={control}
              name={`${path}.size`}
              render={({ field }) => (
                <Select
                  items={SIZE_KINDS}
                  value={field.value.kind}
                  onValueChange={(next) => next !== field.value.kind && field.onChange(FIRST_SIZES[next])}
                  ref={field.ref}
                />
              )}
            />
          </Field>
          {kind === "percent" ? (
            <NumberField name={`${path}.size.upTo`} label="Up to" unit="%" hint="Of all, with the stages before" />
          ) : null}
          {kind === "count" ? <NumberField name={`${path}.size.count`} label="Devices" /> : null}
          {kind === "devices" ? <DeviceIdsField name={`${path}.size.deviceIds`} /> : null}
          <NumberField name={`${path}.soakMinutes`} label="Then watch for" unit="min" hint="Before the next stage begins" />
          <NumberField name={`${path}.successThreshold`} label="Over when done" unit="%" hint="Of the stage’s devices" />
          <NumberField
            name={`${path}.failureThreshold`}
            label="Stop when failed"
            unit="%"
            hint="More than this, of those that have ended"
          />
          <NumberField name={`${path}.minimumSample`} label="Judge from" unit="devices" hint="Fewer say too little" />
          <CheckboxField
            label="Somebody approves"
            description="Before the next stage"
            className="sm:pt-7"
            {...register(`${path}.needsApproval`)}
          />
        </div>
      </Card>
    </li>
  );
}
