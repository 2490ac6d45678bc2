"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { SpareView } from "@/server/services/devices/find-spares";
import type { ReplaceFields } from "./replace-form";

interface ReplaceUnitFieldsProps {
  unit: ReplaceFields["unit"];
  spares: readonly SpareView[];
  proposedId: string | undefined;
}

/** The type plate of a new unit, or which unit from the shelf. */
export function ReplaceUnitFields({ unit, spares, proposedId }: ReplaceUnitFieldsProps) {
  const { control, register, formState } = useFormContext<ReplaceFields>();
  const { errors } = formState;
  if (unit === "registered") {
    return (
      <Field label="Unit" error={errors.newDeviceId?.message} className="sm:col-span-2">
        <Controller
          control={control}
          name="newDeviceId"
          render={({ field }) => (
            <Select
              items={spares.map((spare) => ({
                value: spare.deviceId,
                label: `${spare.deviceId} ${spare.name}`,
                description: [
                  spare.model,
                  spare.serialNumber,
                  spare.lifecycle === "draft" ? "gets new credentials" : "keeps the password it has",
                ]
                  .filter(Boolean)
                  .join(" · "),
              }))}
              value={field.value || null}
              onValueChange={field.onChange}
              ref={field.ref}
            />
          )}
        />
      </Field>
    );
  }
  return (
    <>
      <Field label="New device ID" error={errors.newDeviceId?.message} hint="Left empty, the next free one is taken.">
        <Input mono autoComplete="off" autoCapitalize="characters" placeholder={proposedId} {...register("newDeviceId")} />
      </Field>
      <Field label="Serial number" optional error={errors.serialNumber?.message}>
        <Input mono autoComplete="off" spellCheck={false} {...register("serialNumber")} />
      </Field>
      <Field label="Manufacturer" optional error={errors.manufacturer?.message}>
        <Input autoComplete="off" {...register("manufacturer")} />
      </Field>
      <Field label="Model" optional error={errors.model?.message}>
        <Input autoComplete="off" {...register("model")} />
      </Field>
      <Field label="MAC address" optional error={errors.macAddress?.message}>
        <Input mono autoComplete="off" spellCheck={false} placeholder="02:4A:1B:00:3C:7F" {...register("macAddress")} />
      </Field>
    </>
  );
}
