import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectItem } from "@/components/ui/select";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { FarmView } from "@/server/services/farms/views";

interface BatchFieldsProps {
  farms: readonly FarmView[];
  types: readonly SelectItem<DeviceType>[];
  /** Said where it is low. */
  maxCount?: number;
  noteHint: string;
}

/** So many devices of a type that are to come to a farm. */
export function BatchFields({ farms, types, maxCount, noteHint }: BatchFieldsProps) {
  const { register, control, formState } = useFormContext<{ farmId: string; type: DeviceType; count: number; note: string }>();
  const { errors } = formState;
  return (
    <>
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
              <Select items={types} value={value ?? null} onValueChange={onChange} placeholder="Choose a type" {...field} />
            )}
          />
        </Field>
        <Field label="How many" error={errors.count?.message} hint={maxCount ? `Up to ${maxCount}` : undefined}>
          <Input type="number" inputMode="numeric" min={1} max={maxCount} {...register("count", { valueAsNumber: true })} />
        </Field>
      </div>
      <Field label="Note" optional error={errors.note?.message} hint={noteHint}>
        <Input autoComplete="off" placeholder="Box 3, new parlour" {...register("note")} />
      </Field>
    </>
  );
}
