"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { createFarmSchema } from "@/server/domain/farms/schema";
import type { FarmView } from "@/server/services/farms/views";
import { FreezeFields } from "./freeze-fields";
import { MilkingSessionsField } from "./milking-sessions-field";
import { TimeZoneSelect } from "./time-zone-select";

export type FarmFormInput = z.input<typeof createFarmSchema>;

const FIELDS = ["code", "name", "timeZone", "address", "milkingSessions", "freezeUntil", "freezeReason"] as const;

/** Adds a farm, or edits one. */
export function FarmDialog({ farm, onClose }: { farm: FarmView | undefined; onClose: () => void }) {
  const trpc = useTRPC();
  const create = useMutation(trpc.farms.create.mutationOptions());
  const update = useMutation(trpc.farms.update.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const form = useForm<FarmFormInput, unknown, z.output<typeof createFarmSchema>>({
    resolver: zodResolver(createFarmSchema),
    defaultValues: farm ?? {
      code: "",
      name: "",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      address: "",
      milkingSessions: [],
      freezeUntil: null,
      freezeReason: "",
    },
  });
  const { register, control, handleSubmit, setError, formState } = form;
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      if (farm) await update.mutateAsync({ ...input, id: farm.id, version: farm.version });
      else await create.mutateAsync(input);
      toast.success(farm ? "Saved" : `${input.name} is added`);
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormProvider {...form}>
      <FormDialog
        title={farm ? `Edit ${farm.name}` : "Add a farm"}
        className="sm:max-w-2xl"
        failure={failure}
        submitLabel={farm ? "Save" : "Add farm"}
        isSubmitting={formState.isSubmitting}
        onSubmit={submit}
        onClose={onClose}
        fieldsClassName="grid content-start gap-4 sm:grid-cols-[1fr_10rem]"
      >
        <Field label="Name" error={errors.name?.message}>
          <Input autoComplete="off" placeholder="Nordhof" {...register("name")} />
        </Field>
        <Field label="Code" error={errors.code?.message}>
          <Input mono autoComplete="off" autoCapitalize="characters" placeholder="NORD" {...register("code")} />
        </Field>
        <Field label="Time zone" error={errors.timeZone?.message} className="sm:col-span-2">
          <Controller control={control} name="timeZone" render={({ field }) => <TimeZoneSelect {...field} />} />
        </Field>
        <Field label="Address" optional error={errors.address?.message} className="sm:col-span-2">
          <Input autoComplete="off" {...register("address")} />
        </Field>
        <div className="sm:col-span-2">
          <MilkingSessionsField />
        </div>
        <FreezeFields />
      </FormDialog>
    </FormProvider>
  );
}
