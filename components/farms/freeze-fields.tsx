"use client";

import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isTimeZone } from "@/server/domain/farms/schema";
import type { FarmFormInput } from "./farm-dialog";
import { fromWallClock, toWallClock } from "./wall-clock";

/** Until when updates keep off the farm, by its own clocks, and why. */
export function FreezeFields() {
  const { control, register, formState } = useFormContext<FarmFormInput>();
  const { errors } = formState;
  const chosen = useWatch({ control, name: "timeZone" });
  const timeZone = isTimeZone(chosen) ? chosen : "UTC";
  return (
    <div className="grid gap-4 sm:col-span-2 sm:grid-cols-[15rem_1fr]">
      <Field
        label="No updates until"
        optional
        error={errors.freezeUntil?.message}
        hint="By the farm’s clocks. Rollouts hold its devices until then."
      >
        <Controller
          control={control}
          name="freezeUntil"
          render={({ field }) => (
            <Input
              // A field that is half filled in has no value yet and must keep what was typed: the browser holds it.
              key={timeZone}
              type="datetime-local"
              ref={field.ref}
              defaultValue={field.value ? toWallClock(field.value, timeZone) : ""}
              onBlur={field.onBlur}
              onChange={(event) => field.onChange(fromWallClock(event.target.value, timeZone))}
            />
          )}
        />
      </Field>
      <Field label="Why" optional error={errors.freezeReason?.message}>
        <Input autoComplete="off" placeholder="Cattle show, the vet is here …" {...register("freezeReason")} />
      </Field>
    </div>
  );
}
