"use client";

import { CalendarClock, Play } from "lucide-react";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { formatUptime } from "@/components/devices/format-readings";
import { amountOf } from "@/components/patterns/format-count";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { fromLocalMoment, inOneHour, toLocalMoment } from "./local-moment";
import type { RolloutFormInput } from "./rollout-form";
import type { RolloutWizardState } from "./use-rollout-wizard";

const STARTS = [
  { value: "now", title: "Now", description: "The first stage begins within seconds.", icon: <Play /> },
  { value: "later", title: "At a time", description: "Nothing happens before; it can be cancelled until then.", icon: <CalendarClock /> },
] as const;

/** Its name, and when it begins. */
export function StartStep({ wizard: { preflight, firmware } }: { wizard: RolloutWizardState }) {
  const { register, control, setValue, formState } = useFormContext<RolloutFormInput>();
  const scheduledAt = useWatch({ control, name: "scheduledAt" });
  const plan = preflight.data;
  return (
    <Card className="flex flex-col gap-5 p-5">
      {plan && firmware ? (
        <p>
          <span className="font-semibold">{amountOf(plan.willUpdate, "device")}</span> get{" "}
          <span className="font-mono tracking-tight">{firmware.version}</span> in {amountOf(plan.stages.length, "stage")}, in about{" "}
          {formatUptime(plan.estimatedMinutes * 60)}. {plan.canGoBack === plan.willUpdate ? "All" : amountOf(plan.canGoBack, "device")} can
          be sent back.
        </p>
      ) : null}
      <Field label="Name" error={formState.errors.name?.message}>
        <Input autoComplete="off" {...register("name")} />
      </Field>
      <RadioCards
        legend="When does it begin?"
        showLegend
        items={STARTS}
        value={scheduledAt ? "later" : "now"}
        onValueChange={(when) =>
          setValue("scheduledAt", when === "now" ? null : inOneHour(new Date()), { shouldValidate: true, shouldDirty: true })
        }
        className="grid-cols-1 sm:grid-cols-2 md:grid-cols-2 lg:grid-cols-2"
      />
      {scheduledAt ? (
        <Field
          label="Begins"
          error={formState.errors.scheduledAt?.message}
          hint="Your own time. Each farm’s milking is respected in its own."
        >
          <Controller
            control={control}
            name="scheduledAt"
            render={({ field }) => (
              <Input
                type="datetime-local"
                ref={field.ref}
                value={field.value ? toLocalMoment(field.value) : ""}
                onChange={(event) => field.onChange(fromLocalMoment(event.target.value))}
                onBlur={field.onBlur}
                className="sm:max-w-72"
              />
            )}
          />
        </Field>
      ) : null}
    </Card>
  );
}
