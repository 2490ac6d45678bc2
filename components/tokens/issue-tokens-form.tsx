import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { useConsole } from "@/components/console/console-shell";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { newRequestKey } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { issueForDeviceSchema, issueForFarmSchema, MAX_TOKENS_AT_ONCE } from "@/server/domain/provisioning/schema";
import type { IssuedToken } from "@/server/services/provisioning/issue-tokens";
import type { IssuedBatch } from "./issued-batch";

const TYPE_ITEMS = DEVICE_TYPES.map((value) => ({
  value,
  label: DEVICE_TYPE_FACTS[value].label,
  description: DEVICE_TYPE_FACTS[value].purpose,
}));
const DEVICE_FIELDS = issueForDeviceSchema.omit({ requestKey: true });
const FARM_FIELDS = issueForFarmSchema.omit({ requestKey: true });
type FarmFieldsInput = z.input<typeof FARM_FIELDS>;
type FarmFields = z.output<typeof FARM_FIELDS>;

/** Issues with a key that stays the same while the same thing is asked for again. */
function useIssue(): (input: z.output<typeof DEVICE_FIELDS> | FarmFields) => Promise<IssuedToken[]> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const issue = useMutation(trpc.provisioning.issueTokens.mutationOptions());
  const asked = useRef({ what: "", requestKey: "" });
  return async (input) => {
    const what = JSON.stringify(input);
    if (asked.current.what !== what) asked.current = { what, requestKey: newRequestKey() };
    const tokens = await issue.mutateAsync({ ...input, requestKey: asked.current.requestKey });
    void queries.invalidateQueries({ queryKey: trpc.provisioning.listTokens.pathKey() });
    return tokens;
  };
}

interface DeviceTokenFormProps {
  device: { deviceId: string; farm: { name: string } };
  onIssued: (batch: IssuedBatch) => void;
}

export function DeviceTokenForm({ device, onIssued }: DeviceTokenFormProps) {
  const issue = useIssue();
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(DEVICE_FIELDS),
    defaultValues: { deviceId: device.deviceId, note: "" },
  });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      onIssued({ farm: device.farm.name, target: device.deviceId, note: input.note, tokens: await issue(input) });
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["note"]));
    }
  });
  return (
    <FormFrame onSubmit={submit} failure={failure} submitting={formState.isSubmitting} submitLabel="Issue token">
      <Callout tone="info">
        When the device redeems it, former passwords of {device.deviceId} end. So does a token that was issued before and is still open.
      </Callout>
      <Field label="Note" optional error={formState.errors.note?.message}>
        <Input autoFocus autoComplete="off" placeholder="For whom, or where it lies" {...register("note")} />
      </Field>
    </FormFrame>
  );
}

export function FarmTokensForm({ onIssued }: { onIssued: (batch: IssuedBatch) => void }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const { data: farms = [] } = useQuery(trpc.farms.list.queryOptions());
  const issue = useIssue();
  const [failure, setFailure] = useState<string>();
  const { register, control, handleSubmit, setError, formState } = useForm<FarmFieldsInput, unknown, FarmFields>({
    resolver: zodResolver(FARM_FIELDS),
    defaultValues: { farmId: selectedFarmId ?? (farms.length === 1 ? farms[0]?.id : undefined), count: 1, note: "" },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      const tokens = await issue(input);
      const farm = farms.find(({ id }) => id === input.farmId)?.name ?? "";
      onIssued({ farm, target: DEVICE_TYPE_FACTS[input.type].label, note: input.note, tokens });
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["farmId", "type", "count", "note"]));
    }
  });
  const farmItems = farms.map((farm) => ({ value: farm.id, label: farm.name, description: farm.code }));
  return (
    <FormFrame onSubmit={submit} failure={failure} submitting={formState.isSubmitting} submitLabel="Issue tokens">
      <Field label="Farm" error={errors.farmId?.message}>
        <Controller
          control={control}
          name="farmId"
          render={({ field: { value, onChange, ...field } }) => (
            <Select items={farmItems} value={value || null} onValueChange={onChange} placeholder="Choose a farm" {...field} />
          )}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        <Field label="Device type" error={errors.type?.message}>
          <Controller
            control={control}
            name="type"
            render={({ field: { value, onChange, ...field } }) => (
              <Select items={TYPE_ITEMS} value={value ?? null} onValueChange={onChange} placeholder="Choose a type" {...field} />
            )}
          />
        </Field>
        <Field label="How many" error={errors.count?.message} hint={`Up to ${MAX_TOKENS_AT_ONCE}`}>
          <Input type="number" inputMode="numeric" min={1} max={MAX_TOKENS_AT_ONCE} {...register("count", { valueAsNumber: true })} />
        </Field>
      </div>
      <Field label="Note" optional error={errors.note?.message} hint="Printed on the sheet and shown in the list.">
        <Input autoComplete="off" placeholder="Box 3, new parlour" {...register("note")} />
      </Field>
    </FormFrame>
  );
}

interface FormFrameProps {
  onSubmit: (event: FormEvent) => void;
  failure: string | undefined;
  submitting: boolean;
  submitLabel: string;
  children: ReactNode;
}

function FormFrame({ onSubmit, failure, submitting, submitLabel, children }: FormFrameProps) {
  return (
    <form onSubmit={onSubmit} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="flex flex-col gap-4">
        {failure ? (
          <Callout tone="critical" live>
            {failure}
          </Callout>
        ) : null}
        {children}
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
        <Button type="submit" variant="primary" size="lg" loading={submitting}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
