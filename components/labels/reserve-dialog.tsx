"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { useConsole } from "@/components/console/console-shell";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { newRequestKey } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
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

/** Reserves with a key that stays the same while the same thing is asked for again: a double click, a lost answer. */
function useReserve(): (input: Fields) => Promise<IdBlockView> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const reserve = useMutation(trpc.devices.reserveIds.mutationOptions());
  const asked = useRef({ what: "", requestKey: "" });
  return async (input) => {
    const what = JSON.stringify(input);
    if (asked.current.what !== what) asked.current = { what, requestKey: newRequestKey() };
    const block = await reserve.mutateAsync({ ...input, purpose: "labels", requestKey: asked.current.requestKey });
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
  const { register, control, handleSubmit, setError, formState } = useForm<FieldsInput, unknown, Fields>({
    resolver,
    defaultValues: { farmId: selectedFarmId ?? (farms.length === 1 ? farms[0]?.id : undefined), count: 20, note: "" },
  });
  const { errors } = formState;
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
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Reserve IDs" description="The next free numbers. Nobody else gets them until they are released.">
        <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            {failure ? (
              <Callout tone="critical" live>
                {failure}
              </Callout>
            ) : null}
            <Field label="Farm" error={errors.farmId?.message}>
              <Controller
                control={control}
                name="farmId"
                render={({ field: { value, onChange, ...field } }) => (
                  <Select
                    items={farms.map((farm) => ({ value: farm.id, label: farm.name, description: farm.code }))}
                    value={value || null}
                    onValueChange={onChange}
                    placeholder="Choose a farm"
                    {...field}
                  />
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
              <Field label="How many" error={errors.count?.message}>
                <Input type="number" inputMode="numeric" min={1} {...register("count", { valueAsNumber: true })} />
              </Field>
            </div>
            <Field label="Note" optional error={errors.note?.message} hint="Shown in the list of reserved IDs.">
              <Input autoComplete="off" placeholder="Box 3, new parlour" {...register("note")} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
            <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting}>
              Reserve
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
