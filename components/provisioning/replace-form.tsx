"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { PackageOpen, Warehouse } from "lucide-react";
import { useState } from "react";
import { Controller, FormProvider, useForm } from "react-hook-form";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { DevicePageView } from "@/server/services/devices/get-device";
import type { Replacement } from "@/server/services/devices/replace-device";
import { ReplaceUnitFields } from "./replace-unit-fields";
import { useRequestKey } from "./use-request-key";

/** What the form holds, for both kinds of unit. */
export interface ReplaceFields {
  unit: "new" | "registered";
  newDeviceId: string;
  manufacturer: string;
  model: string;
  serialNumber: string;
  macAddress: string;
  reason: string;
}

const FIELDS = ["newDeviceId", "manufacturer", "model", "serialNumber", "macAddress", "reason"] as const;

interface ReplaceFormProps {
  device: DevicePageView;
  onReplaced: (replacement: Replacement) => void;
}

/** Which unit comes, and why the old one goes. */
export function ReplaceForm({ device, onReplaced }: ReplaceFormProps) {
  const trpc = useTRPC();
  const { deviceId } = device;
  const proposed = useQuery(trpc.devices.proposeId.queryOptions({ type: device.type }));
  const spares = useQuery(trpc.devices.spares.queryOptions({ deviceId }));
  const replace = useMutation(trpc.devices.replace.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const keyOf = useRequestKey();
  const form = useForm<ReplaceFields>({
    defaultValues: {
      unit: "new",
      newDeviceId: "",
      manufacturer: device.manufacturer,
      model: device.model,
      serialNumber: "",
      macAddress: "",
      reason: "",
    },
  });
  const { control, register, handleSubmit, setError, setValue, watch, formState } = form;
  const unit = watch("unit");
  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    const input = { ...values, deviceId, requestKey: keyOf(values) };
    // The schemas are a fifth of this page's script, and needed at its end only.
    const { replaceDeviceSchema } = await import("@/server/domain/devices/schema");
    const parsed = replaceDeviceSchema.safeParse(input);
    parsed.error?.issues.forEach((issue, index) => {
      const field = FIELDS.find((name) => name === issue.path[0]);
      if (field) setError(field, { message: issue.message }, { shouldFocus: index === 0 });
    });
    if (!parsed.success) return;
    try {
      onReplaced(await replace.mutateAsync(parsed.data));
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={submit} className="mt-5 flex flex-col gap-5">
        {failure ? (
          <Callout tone="critical" live>
            {failure}
          </Callout>
        ) : null}
        <Controller
          control={control}
          name="unit"
          render={({ field }) => (
            <RadioCards
              legend="Which unit takes its place?"
              showLegend
              className="md:grid-cols-2 lg:grid-cols-2"
              items={[
                { value: "new", title: "A new unit", description: "Registered now, with new credentials", icon: <PackageOpen /> },
                {
                  value: "registered",
                  title: "A registered unit",
                  description: spares.data?.length === 0 ? "None of this type waits on this farm" : "From the shelf, never fitted",
                  icon: <Warehouse />,
                  disabled: !spares.data?.length,
                },
              ]}
              value={field.value}
              onValueChange={(value) => {
                field.onChange(value);
                setValue("newDeviceId", "");
              }}
            />
          )}
        />
        <Card className="grid gap-5 p-5 sm:grid-cols-2">
          <ReplaceUnitFields unit={unit} spares={spares.data ?? []} proposedId={proposed.data?.deviceId} />
          <Field label="Reason" error={formState.errors.reason?.message} className="sm:col-span-2">
            <Input autoComplete="off" placeholder="Housing cracked" {...register("reason")} />
          </Field>
        </Card>
        <Callout tone="warning" title={`${deviceId} will be decommissioned`}>
          Its credentials are revoked and waiting commands are cancelled at once. Its history stays. This cannot be undone.
        </Callout>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" size="lg" loading={replace.isPending}>
            Replace device
          </Button>
        </div>
      </form>
    </FormProvider>
  );
}
