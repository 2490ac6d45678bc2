"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { configureDeviceSchema } from "@/server/domain/commands/schema";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { formatInterval } from "./command-facts";
import { DeliveryNote } from "./delivery-note";

const FIELDS = ["reportingIntervalSeconds", "lowBatteryThreshold"] as const;
const INTERVALS = [10, 30, 60, 120, 180, 300, 900, 1_800, 3_600, 21_600, 86_400];

interface ConfigureDialogProps {
  device: DevicePageView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** It is in the outbox. */
  onSent: () => void;
}

/** How often a device reports and when its battery is low. */
export function ConfigureDialog({ device, open, onOpenChange, onSent }: ConfigureDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const configure = useMutation(trpc.commands.configure.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const hasBattery = device.powerSource === "battery" || device.powerSource === "solar";
  const form = useForm<z.input<typeof configureDeviceSchema>, unknown, z.output<typeof configureDeviceSchema>>({
    resolver: zodResolver(configureDeviceSchema),
    defaultValues: {
      deviceId: device.deviceId,
      version: device.version,
      reportingIntervalSeconds: device.healthCheckIntervalSeconds,
      lowBatteryThreshold: hasBattery ? device.lowBatteryThreshold : undefined,
    },
  });
  const { register, control, handleSubmit, setError, formState } = form;
  const interval = useWatch({ control, name: "reportingIntervalSeconds" });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await configure.mutateAsync(input);
      toast.success(`The configuration is on its way to ${device.deviceId}`);
      onOpenChange(false);
      onSent();
      await queries.invalidateQueries({ queryKey: trpc.commands.list.pathKey() });
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormDialog
      title={`Configure ${device.deviceId}`}
      description="Sent to the device; it keeps it over a restart."
      failure={failure}
      submitLabel="Send"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={() => onOpenChange(false)}
      open={open}
    >
      <DeliveryNote device={device} kind="configure" />
      <Field
        label="Report every"
        error={formState.errors.reportingIntervalSeconds?.message}
        hint={intervalHint(interval, device.offlineWindowSeconds)}
      >
        <Controller
          control={control}
          name="reportingIntervalSeconds"
          render={({ field }) => (
            <Select
              items={intervalItems(device.healthCheckIntervalSeconds)}
              value={String(field.value)}
              onValueChange={(value) => field.onChange(Number(value))}
              ref={field.ref}
            />
          )}
        />
      </Field>
      {hasBattery ? (
        <Field label="Battery is low below" error={formState.errors.lowBatteryThreshold?.message}>
          <Input type="number" inputMode="decimal" min={1} max={99} end="%" {...register("lowBatteryThreshold", { valueAsNumber: true })} />
        </Field>
      ) : null}
    </FormDialog>
  );
}

function intervalItems(current: number) {
  const seconds = [...new Set([...INTERVALS, current])].sort((a, b) => a - b);
  return seconds.map((value) => ({ value: String(value), label: formatInterval(value) }));
}

function intervalHint(seconds: number, windowSeconds: number): string {
  const window = formatInterval(windowSeconds);
  if (seconds >= windowSeconds) return `Silence of ${window} counts as offline: it will show as offline between its reports.`;
  if (seconds > windowSeconds / 3) return `Silence of ${window} counts as offline: few lost reports are enough for that.`;
  return "Shorter intervals cost battery.";
}
