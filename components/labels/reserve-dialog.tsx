"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { useConsole } from "@/components/console/console-shell";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { BatchFields } from "@/components/provisioning/batch-fields";
import { useRequestKey } from "@/components/provisioning/use-request-key";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import type { reserveIdsSchema } from "@/server/domain/devices/id-block";
import type { IdBlockView } from "@/server/services/devices/id-blocks/views";

type Fields = Omit<z.output<typeof reserveIdsSchema>, "requestKey" | "purpose">;
type FieldsInput = Omit<z.input<typeof reserveIdsSchema>, "requestKey" | "purpose">;

const resolver = lazyResolver(async () =>
  (await import("@/server/domain/devices/id-block")).reserveIdsSchema.omit({ requestKey: true, purpose: true }),
);
const TYPE_ITEMS = DEVICE_TYPES.map((value) => ({
  value,
  label: DEVICE_TYPE_FACTS[value].label,
  description: `${DEVICE_TYPE_FACTS[value].prefix}…`,
}));

function useReserve(): (input: Fields) => Promise<IdBlockView> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const reserve = useMutation(trpc.devices.reserveIds.mutationOptions());
  const keyOf = useRequestKey();
  return async (input) => {
    const block = await reserve.mutateAsync({ ...input, purpose: "labels", requestKey: keyOf(input) });
    await queries.invalidateQueries({ queryKey: trpc.devices.idBlocks.pathKey() });
    return block;
  };
}

interface ReserveDialogProps {
  onClose: () => void;
  onReserved: (block: IdBlockView) => void;
}

/** Sets new IDs aside for a farm, so that labels can be printed before the devices come. */
export function ReserveDialog({ onClose, onReserved }: ReserveDialogProps) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const { data: farms = [] } = useQuery(trpc.farms.list.queryOptions());
  const reserve = useReserve();
  const [failure, setFailure] = useState<string>();
  const form = useForm<FieldsInput, unknown, Fields>({
    resolver,
    defaultValues: { farmId: selectedFarmId ?? (farms.length === 1 ? farms[0]?.id : undefined), count: 20, note: "" },
  });
  const { handleSubmit, setError, formState } = form;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      const block = await reserve(input);
      onReserved(block);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["farmId", "type", "count", "note"]));
    }
  });
  return (
    <FormProvider {...form}>
      <FormDialog
        title="Reserve IDs"
        description="The next free numbers. Nobody else gets them until they are released."
        failure={failure}
        submitLabel="Reserve"
        isSubmitting={formState.isSubmitting}
        onSubmit={submit}
        onClose={onClose}
      >
        <BatchFields farms={farms} types={TYPE_ITEMS} noteHint="Shown in the list of reserved IDs." />
      </FormDialog>
    </FormProvider>
  );
}
