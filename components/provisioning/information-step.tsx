"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, CircleX } from "lucide-react";
import { useEffect } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { useTRPC } from "@/components/console/trpc";
import { GroupSelect } from "@/components/groups/group-select";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import type { DeviceIdCheck } from "@/server/services/devices/propose-device-id";
import { useDebounced } from "./use-debounced";
import type { DeviceFormInput } from "./wizard-steps";

const TYPING_PAUSE_MS = 250;

/** Name, ID, farm and place. */
export function InformationStep() {
  const trpc = useTRPC();
  const { register, control, formState, watch, setValue } = useFormContext<DeviceFormInput>();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const device = { farmId: watch("farmId"), type: watch("type") };
  const { errors } = formState;
  return (
    <Card className="grid gap-5 p-5 sm:grid-cols-2">
      <Field label="Name" error={errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder="Stall 13" {...register("name")} />
      </Field>
      <DeviceIdField />
      <Field label="Farm" error={errors.farmId?.message}>
        <Controller
          control={control}
          name="farmId"
          render={({ field }) => (
            <Select
              items={(farms.data ?? []).map((farm) => ({ value: farm.id, label: farm.name, description: farm.code }))}
              value={field.value || null}
              onValueChange={(farmId) => {
                field.onChange(farmId);
                // The group of another farm does not take it.
                setValue("groupId", null);
              }}
              onBlur={field.onBlur}
              ref={field.ref}
              placeholder="Choose a farm"
            />
          )}
        />
      </Field>
      <Field label="Location" optional error={errors.location?.message}>
        <Input autoComplete="off" placeholder="Left side, third from the door" {...register("location")} />
      </Field>
      <Field label="Group" optional error={errors.groupId?.message}>
        <Controller
          control={control}
          name="groupId"
          render={({ field }) => <GroupSelect device={device} value={field.value ?? null} onValueChange={field.onChange} ref={field.ref} />}
        />
      </Field>
    </Card>
  );
}

/** Proposes the next free ID and says at once whether the one typed is free. */
function DeviceIdField() {
  const trpc = useTRPC();
  const { register, setValue, getValues, watch, formState } = useFormContext<DeviceFormInput>();
  const [type, farmId] = watch(["type", "farmId"]);
  const deviceId = watch("deviceId").trim().toUpperCase();
  const proposal = useQuery({ ...trpc.devices.proposeId.queryOptions({ type }), staleTime: 0, gcTime: 0 });
  const asked = useDebounced(deviceId, TYPING_PAUSE_MS);
  const check = useQuery({
    ...trpc.devices.checkId.queryOptions({ deviceId: asked, farmId: farmId || null, type }),
    enabled: DEVICE_ID_PATTERN.test(asked),
    staleTime: 0,
    gcTime: 0,
  });
  const proposed = proposal.data?.deviceId;

  useEffect(() => {
    const current = getValues("deviceId");
    // What somebody typed is theirs; an empty field or the proposal for another type is ours to fill.
    const isOurs = current === "" || (!formState.dirtyFields.deviceId && proposed?.slice(0, 2) !== current.slice(0, 2));
    if (proposed && isOurs) setValue("deviceId", proposed, { shouldValidate: true });
  }, [proposed, getValues, setValue, formState.dirtyFields.deviceId]);

  const answer = asked === deviceId ? check.data : undefined;
  const error =
    formState.errors.deviceId?.message ??
    (answer?.status === "taken"
      ? `${deviceId} is already registered, choose another ID${proposed ? `; ${proposed} is free` : ""}`
      : answer?.status === "reserved"
        ? answer.reason
        : undefined);
  return (
    <Field
      label="Device ID"
      error={error}
      hint={`Two letters, three to six digits.${proposed ? ` ${proposed} is the next free one.` : ""}`}
    >
      <Input
        mono
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        end={<Availability status={answer?.status} checking={check.isFetching} />}
        {...register("deviceId")}
      />
    </Field>
  );
}

function Availability({ status, checking }: { status: DeviceIdCheck["status"] | undefined; checking: boolean }) {
  return (
    <span role="status" className="flex items-center gap-1 text-sm">
      {status === "free" ? (
        <span className="flex items-center gap-1 text-healthy">
          <Check aria-hidden className="size-3.5" />
          Free
        </span>
      ) : status === "taken" || status === "reserved" ? (
        <span className="flex items-center gap-1 text-critical">
          <CircleX aria-hidden className="size-3.5" />
          {status === "taken" ? "Taken" : "Reserved"}
        </span>
      ) : checking ? (
        <Spinner className="size-3.5 text-ink-3" />
      ) : null}
    </span>
  );
}
