"use client";

import { Controller, useFormContext } from "react-hook-form";
import { CONNECTION_ITEMS, POWER_ITEMS } from "@/components/devices/hardware-choices";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { normalizeMacAddress } from "@/server/domain/devices/mac-address";
import type { DeviceFormInput } from "./wizard-steps";

/** All optional: what is on the type plate. */
export function HardwareStep() {
  const { register, control, setValue, formState } = useFormContext<DeviceFormInput>();
  const { errors } = formState;
  const mac = register("macAddress", {
    onBlur: (event: { target: { value: string } }) => {
      const canonical = normalizeMacAddress(event.target.value);
      if (canonical) setValue("macAddress", canonical, { shouldValidate: true });
    },
  });
  return (
    <Card className="grid gap-5 p-5 sm:grid-cols-2">
      <Field label="Manufacturer" optional error={errors.manufacturer?.message}>
        <Input autoFocus autoComplete="off" {...register("manufacturer")} />
      </Field>
      <Field label="Model" optional error={errors.model?.message}>
        <Input autoComplete="off" {...register("model")} />
      </Field>
      <Field label="Serial number" optional error={errors.serialNumber?.message}>
        <Input mono autoComplete="off" spellCheck={false} {...register("serialNumber")} />
      </Field>
      <Field label="MAC address" optional error={errors.macAddress?.message} hint="Any usual spelling; it is put in order for you.">
        <Input mono autoComplete="off" spellCheck={false} placeholder="02:4A:1B:00:3C:7F" {...mac} />
      </Field>
      <Field label="Power source" error={errors.powerSource?.message}>
        <Controller
          control={control}
          name="powerSource"
          render={({ field }) => (
            <Select
              items={POWER_ITEMS}
              value={field.value ?? "battery"}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              ref={field.ref}
            />
          )}
        />
      </Field>
      <Field label="Connection" error={errors.connectionType?.message}>
        <Controller
          control={control}
          name="connectionType"
          render={({ field }) => (
            <Select
              items={CONNECTION_ITEMS}
              value={field.value ?? "unset"}
              onValueChange={(value) => field.onChange(value === "unset" ? null : value)}
              onBlur={field.onBlur}
              ref={field.ref}
            />
          )}
        />
      </Field>
    </Card>
  );
}
