"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { setIntervalSchema } from "@/server/domain/maintenance/schema";
import type { IntervalView } from "@/server/services/maintenance/list-intervals";

const FIELDS = ["deviceType", "model", "days"] as const;
const TYPE_ITEMS = DEVICE_TYPES.map((value) => ({
  value,
  label: DEVICE_TYPE_FACTS[value].label,
  icon: <DeviceTypeIcon type={value} />,
}));
const ALL_MODELS = "\u2014";

interface IntervalDialogProps {
  interval: IntervalView | undefined;
  models: readonly { deviceType: DeviceType; model: string; devices: number }[];
  onClose: () => void;
}

/** Sets the interval of a type or of one of its models; setting it again changes it. */
export function IntervalDialog({ interval, models, onClose }: IntervalDialogProps) {
  const trpc = useTRPC();
  const set = useMutation(trpc.maintenance.setInterval.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { control, register, handleSubmit, watch, setValue, setError, formState } = useForm<
    z.input<typeof setIntervalSchema>,
    unknown,
    z.output<typeof setIntervalSchema>
  >({
    resolver: zodResolver(setIntervalSchema),
    defaultValues: interval ?? { deviceType: "milk_meter", model: "", days: 365 },
  });
  const { errors } = formState;
  const type = watch("deviceType");
  const ofType = models.filter((entry) => entry.deviceType === type);
  const modelItems = [
    { value: ALL_MODELS, label: "All models", description: countOf(ofType.reduce((sum, entry) => sum + entry.devices, 0)) },
    ...ofType.filter((entry) => entry.model).map(({ model, devices }) => ({ value: model, label: model, description: countOf(devices) })),
  ];
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      const { changed } = await set.mutateAsync(input);
      toast.success(`Saved. ${countOf(changed)} changed`);
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormDialog
      title={interval ? `Calibrate ${interval.model || DEVICE_TYPE_FACTS[interval.deviceType].plural.toLowerCase()}` : "Add an interval"}
      description="Devices that were never calibrated become due at once."
      failure={failure}
      submitLabel="Save"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      {interval ? null : (
        <>
          <Field label="Device type" error={errors.deviceType?.message}>
            <Controller
              control={control}
              name="deviceType"
              render={({ field }) => (
                <Select
                  items={TYPE_ITEMS}
                  value={field.value}
                  onValueChange={(value) => {
                    field.onChange(value);
                    setValue("model", "");
                  }}
                  ref={field.ref}
                />
              )}
            />
          </Field>
          <Field label="Model" error={errors.model?.message}>
            <Controller
              control={control}
              name="model"
              render={({ field }) => (
                <Select
                  items={modelItems}
                  value={field.value || ALL_MODELS}
                  onValueChange={(value) => field.onChange(value === ALL_MODELS ? "" : value)}
                  ref={field.ref}
                />
              )}
            />
          </Field>
        </>
      )}
      <Field label="Every" error={errors.days?.message}>
        <Input inputMode="numeric" autoComplete="off" end="days" {...register("days", { valueAsNumber: true })} />
      </Field>
    </FormDialog>
  );
}

function countOf(devices: number): string {
  return `${devices} ${devices === 1 ? "device" : "devices"}`;
}
