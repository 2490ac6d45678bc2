import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { useConsole } from "@/components/console/console-shell";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { DialogForm } from "@/components/patterns/form-dialog";
import { BatchFields } from "@/components/provisioning/batch-fields";
import { useRequestKey } from "@/components/provisioning/use-request-key";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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

function useIssue(): (input: z.output<typeof DEVICE_FIELDS> | FarmFields) => Promise<IssuedToken[]> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const issue = useMutation(trpc.provisioning.issueTokens.mutationOptions());
  const keyOf = useRequestKey();
  return async (input) => {
    const tokens = await issue.mutateAsync({ ...input, requestKey: keyOf(input) });
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
    <DialogForm onSubmit={submit} failure={failure} isSubmitting={formState.isSubmitting} submitLabel="Issue token">
      <Callout tone="info">
        When the device redeems it, former passwords of {device.deviceId} end. So does a token that was issued before and is still open.
      </Callout>
      <Field label="Note" optional error={formState.errors.note?.message}>
        <Input autoFocus autoComplete="off" placeholder="For whom, or where it lies" {...register("note")} />
      </Field>
    </DialogForm>
  );
}

export function FarmTokensForm({ onIssued }: { onIssued: (batch: IssuedBatch) => void }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const { data: farms = [] } = useQuery(trpc.farms.list.queryOptions());
  const issue = useIssue();
  const [failure, setFailure] = useState<string>();
  const form = useForm<FarmFieldsInput, unknown, FarmFields>({
    resolver: zodResolver(FARM_FIELDS),
    defaultValues: { farmId: selectedFarmId ?? (farms.length === 1 ? farms[0]?.id : undefined), count: 1, note: "" },
  });
  const { handleSubmit, setError, formState } = form;
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
  return (
    <FormProvider {...form}>
      <DialogForm onSubmit={submit} failure={failure} isSubmitting={formState.isSubmitting} submitLabel="Issue tokens">
        <BatchFields
          farms={farms}
          types={TYPE_ITEMS}
          maxCount={MAX_TOKENS_AT_ONCE}
          noteHint="Printed on the sheet and shown in the list."
        />
      </DialogForm>
    </FormProvider>
  );
}
