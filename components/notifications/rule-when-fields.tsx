"use client";

import { Controller, useFormContext, useWatch } from "react-hook-form";
import { formatMinute, parseMinute } from "@/components/farms/format-session";
import { TimeZoneSelect } from "@/components/farms/time-zone-select";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { SwitchField } from "@/components/ui/switch";
import type { RuleFormInput } from "./rule-dialog";

/** When: at once, as an escalation, by day, or once a day. */
export function RuleWhenFields() {
  const { register, control, formState } = useFormContext<RuleFormInput>();
  const [quietFrom, digest] = useWatch({ control, name: ["quietFromMinute", "digestMinute"] });
  const isHeldBack = quietFrom !== null || digest !== null;
  return (
    <>
      <FieldSet legend="When">
        <Field
          label="Only if nobody has reacted within"
          hint="0 tells at once. Anything else makes the rule an escalation: it speaks when an alert is not acknowledged, or a rollout still waits, by then."
          error={formState.errors.delayMinutes?.message}
        >
          <Input type="number" inputMode="numeric" min={0} end="min" {...register("delayMinutes", { valueAsNumber: true })} />
        </Field>
        <QuietHours />
        <Digest />
        {isHeldBack ? (
          <>
            <Flag name="criticalAtOnce" label="What is critical at once all the same" />
            <Field label="On the clock of" error={formState.errors.timeZone?.message}>
              <Controller control={control} name="timeZone" render={({ field }) => <TimeZoneSelect {...field} />} />
            </Field>
          </>
        ) : null}
        <Flag name="tellWhenOver" label="Also tell when an alert is over" />
      </FieldSet>
      <Controller
        control={control}
        name="enabled"
        render={({ field: { value = true, onChange } }) => (
          <SwitchField label="Rule is on" description="Off keeps it for later." checked={value} onCheckedChange={onChange} />
        )}
      />
    </>
  );
}

function Flag({ name, label }: { name: "criticalAtOnce" | "tellWhenOver"; label: string }) {
  const { control } = useFormContext<RuleFormInput>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value = false, onChange } }) => <CheckboxField label={label} checked={value} onCheckedChange={onChange} />}
    />
  );
}

const NIGHT = { from: 21 * 60, until: 5 * 60 };
const MORNING = 6 * 60;

function QuietHours() {
  const { control, setValue } = useFormContext<RuleFormInput>();
  const from = useWatch({ control, name: "quietFromMinute" });
  const isOn = from !== null;
  const toggle = (on: boolean) => {
    setValue("quietFromMinute", on ? NIGHT.from : null);
    setValue("quietUntilMinute", on ? NIGHT.until : null);
  };
  return (
    <div className="flex flex-col gap-3">
      <CheckboxField label="Quiet hours" description="What happens then is told when they end." checked={isOn} onCheckedChange={toggle} />
      {isOn ? (
        <div className="grid grid-cols-2 gap-3">
          <TimeField label="Quiet from" name="quietFromMinute" />
          <TimeField label="Quiet until" name="quietUntilMinute" />
        </div>
      ) : null}
    </div>
  );
}

function Digest() {
  const { control, setValue } = useFormContext<RuleFormInput>();
  const isOn = useWatch({ control, name: "digestMinute" }) !== null;
  return (
    <div className="flex flex-col gap-3">
      <CheckboxField
        label="Once a day, all together"
        checked={isOn}
        onCheckedChange={(on) => setValue("digestMinute", on ? MORNING : null)}
      />
      {isOn ? <TimeField label="Each day at" name="digestMinute" /> : null}
    </div>
  );
}

function TimeField({ label, name }: { label: string; name: "quietFromMinute" | "quietUntilMinute" | "digestMinute" }) {
  const { control, formState } = useFormContext<RuleFormInput>();
  return (
    <Field label={label} error={formState.errors[name]?.message}>
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
