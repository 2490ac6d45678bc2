"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ColorPicker } from "@/components/patterns/color-picker";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { COLOR_NAMES } from "@/server/domain/color";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { createGroupSchema } from "@/server/domain/groups/schema";
import type { GroupView } from "@/server/services/groups/read-groups";
import { GroupNameFields } from "./group-name-fields";

export type GroupFormInput = z.input<typeof createGroupSchema>;

const FIELDS = [
  "name",
  "code",
  "description",
  "farmId",
  "parentId",
  "deviceType",
  "color",
  "healthCheckIntervalSeconds",
  "offlineAlertThreshold",
] as const;
const NONE = "none";
const TYPE_ITEMS = [
  { value: NONE, label: "All types" },
  ...DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].plural })),
];

interface GroupDialogProps {
  /** To edit; left out = a new one. */
  group?: GroupView;
  /** A new one stands below it. */
  parent?: GroupView;
  editableFarmIds: string[] | "all";
  onDone: () => Promise<void>;
  onClose: () => void;
}

/** What is known about a group; its place in the tree is changed by moving it. */
export function GroupDialog({ group, parent, editableFarmIds, onDone, onClose }: GroupDialogProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const create = useMutation(trpc.groups.create.mutationOptions());
  const update = useMutation(trpc.groups.update.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const onlyFarm = editableFarmIds !== "all" && editableFarmIds.length === 1 ? editableFarmIds[0] : undefined;
  const form = useForm<GroupFormInput, unknown, z.output<typeof createGroupSchema>>({
    resolver: zodResolver(createGroupSchema),
    defaultValues: group
      ? { ...group, description: group.description ?? "", sequence: undefined }
      : {
          name: "",
          code: "",
          description: "",
          // Undefined until it is chosen, except where there is nothing to choose.
          farmId: parent?.farmId ?? onlyFarm,
          parentId: parent?.id ?? null,
          deviceType: parent?.deviceType ?? null,
          color: parent?.color ?? 1,
          healthCheckIntervalSeconds: parent?.healthCheckIntervalSeconds ?? 60,
          offlineAlertThreshold: parent?.offlineAlertThreshold ?? 1,
        },
  });
  const { register, control, handleSubmit, setError, formState } = form;
  const { errors } = formState;
  const farmItems = [
    ...(editableFarmIds === "all" ? [{ value: NONE, label: "All farms", description: "Spans farms; only admins change it" }] : []),
    ...(farms.data ?? [])
      .filter(({ id }) => editableFarmIds === "all" || editableFarmIds.includes(id))
      .map(({ id, name, code }) => ({ value: id, label: name, description: code })),
  ];
  const submit = handleSubmit(async ({ parentId, ...input }) => {
    setFailure(undefined);
    try {
      if (group) await update.mutateAsync({ ...input, id: group.id, updatedAt: group.updatedAt });
      else await create.mutateAsync({ ...input, parentId });
      toast.success(group ? "Saved" : `${input.name} is added`);
      await onDone();
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS) ?? errorAtHidden(error as ApiError));
    }
  });
  return (
    <FormProvider {...form}>
      <FormDialog
        title={group ? `Edit ${group.name}` : parent ? `Add a group in ${parent.name}` : "Add a group"}
        className="sm:max-w-2xl"
        failure={failure}
        submitLabel={group ? "Save" : "Add group"}
        isSubmitting={formState.isSubmitting}
        onSubmit={submit}
        onClose={onClose}
        fieldsClassName="grid content-start gap-4 sm:grid-cols-2"
      >
        <GroupNameFields isNew={!group} farms={farms.data ?? []} />
        <Field label="Farm" error={errors.farmId ? (errors.farmId.type === "server" ? errors.farmId.message : "Choose a farm") : undefined}>
          <Controller
            control={control}
            name="farmId"
            render={({ field }) => (
              <Select
                items={farmItems}
                value={field.value === undefined ? null : (field.value ?? NONE)}
                onValueChange={(value) => field.onChange(value === NONE ? null : value)}
                ref={field.ref}
                placeholder="Choose a farm"
              />
            )}
          />
        </Field>
        <Field label="Devices" error={errors.deviceType?.message} hint="Others cannot be put into this group.">
          <Controller
            control={control}
            name="deviceType"
            render={({ field }) => (
              <Select
                items={TYPE_ITEMS}
                value={field.value ?? NONE}
                onValueChange={(value) => field.onChange(value === NONE ? null : value)}
                ref={field.ref}
              />
            )}
          />
        </Field>
        <Field label="Description" optional error={errors.description?.message} className="sm:col-span-2">
          <Textarea rows={2} className="min-h-16" {...register("description")} />
        </Field>
        <div className="sm:col-span-2">
          <Controller
            control={control}
            name="color"
            render={({ field }) => (
              <ColorPicker legend="Colour" names={COLOR_NAMES} value={field.value ?? 0} onValueChange={field.onChange} />
            )}
          />
        </div>
        <Field label="Health check every" error={errors.healthCheckIntervalSeconds?.message}>
          <Input type="number" inputMode="numeric" end="seconds" {...register("healthCheckIntervalSeconds", { valueAsNumber: true })} />
        </Field>
        <Field
          label="Alert when offline"
          error={errors.offlineAlertThreshold?.message}
          hint="So many silent devices raise one group alert."
        >
          <Input type="number" inputMode="numeric" end="devices" {...register("offlineAlertThreshold", { valueAsNumber: true })} />
        </Field>
      </FormDialog>
    </FormProvider>
  );
}

/** The parent has no field of its own here: what is wrong with it stands above the form. */
function errorAtHidden(error: ApiError): string | undefined {
  return error.data?.fields.parentId;
}
