"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { setMaintenanceDatesSchema } from "@/server/domain/maintenance/schema";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";

const FIELDS = ["nextMaintenanceDate", "calibrationIntervalDays"] as const;

/** When the device is serviced next, and how often it is calibrated when it differs from its kind. */
export function DatesDialog({ maintenance, onClose }: { maintenance: DeviceMaintenance; onClose: () => void }) {
  const trpc = useTRPC();
  const { device, calibration } = maintenance;
  const save = useMutation(trpc.maintenance.setDates.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, setError, formState } = useForm<
    z.input<typeof setMaintenanceDatesSchema>,
    unknown,
    z.output<typeof setMaintenanceDatesSchema>
  >({
    resolver: zodResolver(setMaintenanceDatesSchema),
    defaultValues: {
      deviceId: device.deviceId,
      version: device.version,
      nextMaintenanceDate: device.nextMaintenanceDate ?? "",
      calibrationIntervalDays: calibration.ownIntervalDays,
    },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await save.mutateAsync(input);
      toast.success("Saved");
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  const inherited =
    calibration.ownIntervalDays === null && calibration.intervalDays !== null
      ? `Empty: every ${calibration.intervalDays} days, as for its kind.`
      : "Empty: as for its model or type.";
  return (
    <FormDialog
      title={`Maintenance dates of ${device.deviceId}`}
      failure={failure}
      submitLabel="Save"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Next regular maintenance" optional error={errors.nextMaintenanceDate?.message}>
        <Input type="date" {...register("nextMaintenanceDate")} />
      </Field>
      <Field label="Calibrate this device every" optional hint={inherited} error={errors.calibrationIntervalDays?.message}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          end="days"
          {...register("calibrationIntervalDays", {
            setValueAs: (value: unknown) => (value === "" || value === null ? null : Number(value)),
          })}
        />
      </Field>
    </FormDialog>
  );
}
