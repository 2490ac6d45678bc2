"use client";

import { Plus, Trash2 } from "lucide-react";
import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import type { FarmFormInput } from "./farm-dialog";
import { formatMinute, parseMinute } from "./format-session";
import { DAY_LABELS } from "./weekdays";

const NEW_SESSION = { name: "", weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 5 * 60 + 30, endMinute: 7 * 60 + 30 };

/** When cows are milked: name, times, weekdays. */
export function MilkingSessionsField() {
  const { control } = useFormContext<FarmFormInput>();
  const { fields, append, remove } = useFieldArray({ control, name: "milkingSessions" });
  return (
    <FieldSet
      legend="Milking sessions"
      hint={fields.length === 0 ? "None yet: nothing then keeps restarts and updates out of milking." : undefined}
    >
      {fields.map((field, index) => (
        <SessionRow key={field.id} index={index} onRemove={() => remove(index)} />
      ))}
      <Button className="self-start" onClick={() => append(NEW_SESSION)}>
        <Plus aria-hidden />
        Add session
      </Button>
    </FieldSet>
  );
}

function SessionRow({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { register, formState } = useFormContext<FarmFormInput>();
  const errors = formState.errors.milkingSessions?.[index];
  return (
    <div className="flex flex-col gap-3 rounded-control border p-3">
      <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[1fr_9rem_9rem]">
        <Field label="Session" error={errors?.name?.message} className="max-sm:col-span-2">
          <Input autoComplete="off" placeholder="Morning" {...register(`milkingSessions.${index}.name`)} />
        </Field>
        <TimeField label="From" name={`milkingSessions.${index}.startMinute`} error={errors?.startMinute?.message} />
        <TimeField label="To" name={`milkingSessions.${index}.endMinute`} error={errors?.endMinute?.message} />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-2">
        <WeekdaysField index={index} error={errors?.weekdays?.message} />
        <Button variant="ghost" size="sm" onClick={onRemove} aria-label="Remove session" className="-mr-1.5">
          <Trash2 aria-hidden />
          Remove
        </Button>
      </div>
    </div>
  );
}

function TimeField({
  label,
  name,
  error,
}: {
  label: string;
  name: `milkingSessions.${number}.${"startMinute" | "endMinute"}`;
  error?: string;
}) {
  const { control } = useFormContext<FarmFormInput>();
  return (
    <Field label={label} error={error}>
      <Controller
        control={control}
        name={name}
        render={({ field }) => (
          <Input
            type="time"
            ref={field.ref}
            value={formatMinute(field.value ?? 0)}
            onBlur={field.onBlur}
            onChange={(event) => field.onChange(parseMinute(event.target.value) ?? field.value)}
          />
        )}
      />
    </Field>
  );
}

function WeekdaysField({ index, error }: { index: number; error?: string }) {
  const { control } = useFormContext<FarmFormInput>();
  return (
    <FieldSet legend="Days" hideLegend error={error}>
      <Controller
        control={control}
        name={`milkingSessions.${index}.weekdays`}
        render={({ field: { value = [], onChange } }) => (
          <div className="flex flex-wrap gap-1.5">
            {DAY_LABELS.map((label, day) => {
              const isOn = value.includes(day + 1);
              return (
                <Button
                  key={label}
                  size="sm"
                  aria-pressed={isOn}
                  aria-label={label}
                  className="w-9 px-0 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:w-11 pointer-coarse:px-0"
                  onClick={() => onChange(isOn ? value.filter((other) => other !== day + 1) : [...value, day + 1])}
                >
                  {label.slice(0, 2)}
                </Button>
              );
            })}
          </div>
        )}
      />
    </FieldSet>
  );
}
