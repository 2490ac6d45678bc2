"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { GroupSelect } from "@/components/groups/group-select";
import { TagField } from "@/components/tags/tag-field";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { editDeviceSchema } from "@/server/domain/devices/schema";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { CONNECTION_ITEMS, POWER_ITEMS } from "./hardware-choices";

type EditInput = z.input<typeof editDeviceSchema>;

const FIELDS = [
  "name",
  "location",
  "manufacturer",
  "model",
  "serialNumber",
  "macAddress",
  "powerSource",
  "connectionType",
  "groupId",
  "tagIds",
] as const;

interface EditDeviceDialogProps {
  device: DevicePageView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What people know about a device. An edit somebody else has overtaken is refused, not merged. */
export function EditDeviceDialog({ device, open, onOpenChange }: EditDeviceDialogProps) {
  const trpc = useTRPC();
  const edit = useMutation(trpc.devices.edit.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, control, handleSubmit, setError, formState } = useForm<EditInput, unknown, z.output<typeof editDeviceSchema>>({
    resolver: zodResolver(editDeviceSchema),
    defaultValues: {
      deviceId: device.deviceId,
      version: device.version,
      name: device.name,
      location: device.location ?? "",
      manufacturer: device.manufacturer,
      model: device.model,
      serialNumber: device.serialNumber ?? "",
      macAddress: device.macAddress ?? "",
      powerSource: device.powerSource,
      connectionType: device.configuredConnectionType,
      groupId: device.group?.id ?? null,
      tagIds: device.tags.map((tag) => tag.id),
    },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await edit.mutateAsync(input);
      toast.success("Saved");
      onOpenChange(false);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormDialog
      title={`Edit ${device.deviceId}`}
      description="ID, type and farm are the device's identity and stay."
      failure={failure}
      submitLabel="Save"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={() => onOpenChange(false)}
      open={open}
      fieldsClassName="grid content-start gap-4 sm:grid-cols-2"
    >
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="off" {...register("name")} />
      </Field>
      <Field label="Location" optional error={errors.location?.message}>
        <Input autoComplete="off" {...register("location")} />
      </Field>
      <Field label="Group" optional error={errors.groupId?.message} className="sm:col-span-2">
        <Controller
          control={control}
          name="groupId"
          render={({ field }) => (
            <GroupSelect
              device={{ farmId: device.farm.id, type: device.type }}
              value={field.value ?? null}
              onValueChange={field.onChange}
              ref={field.ref}
            />
          )}
        />
      </Field>
      <Controller
        control={control}
        name="tagIds"
        render={({ field }) => <TagField value={field.value ?? []} onValueChange={field.onChange} error={errors.tagIds?.message} />}
      />
      <Field label="Manufacturer" optional error={errors.manufacturer?.message}>
        <Input autoComplete="off" {...register("manufacturer")} />
      </Field>
      <Field label="Model" optional error={errors.model?.message}>
        <Input autoComplete="off" {...register("model")} />
      </Field>
      <Field label="Serial number" optional error={errors.serialNumber?.message}>
        <Input mono autoComplete="off" {...register("serialNumber")} />
      </Field>
      <Field label="MAC address" optional error={errors.macAddress?.message}>
        <Input mono autoComplete="off" {...register("macAddress")} />
      </Field>
      <Field label="Power source" error={errors.powerSource?.message}>
        <Controller
          control={control}
          name="powerSource"
          render={({ field }) => <Select items={POWER_ITEMS} value={field.value ?? null} onValueChange={field.onChange} ref={field.ref} />}
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
              ref={field.ref}
            />
          )}
        />
      </Field>
    </FormDialog>
  );
}
