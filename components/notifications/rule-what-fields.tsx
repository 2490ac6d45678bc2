"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { SEVERITY_LABELS } from "@/components/alerts/alert-facts";
import { useTRPC } from "@/components/console/trpc";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ALERT_SEVERITIES, ALERT_TYPE_LABELS, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";
import { ROLLOUT_EVENT_KINDS } from "@/server/domain/rollouts/vocabulary";
import { ROLLOUT_EVENT_LABELS } from "./notification-facts";
import type { RuleFormInput } from "./rule-dialog";

const SEVERITIES = ALERT_SEVERITIES.map((value) => ({
  value,
  label: value === "critical" ? "Critical only" : `${SEVERITY_LABELS[value]} and worse`,
}));
const TYPES = ALERT_TYPES.map((value) => ({ value, label: ALERT_TYPE_LABELS[value] }));

/** Of which farms, which alerts, and what of rollouts. */
export function RuleWhatFields() {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const { register, control, formState } = useFormContext<RuleFormInput>();
  return (
    <>
      <Field label="Name" error={formState.errors.name?.message}>
        <Input autoComplete="off" placeholder="Urgent" {...register("name")} />
      </Field>
      <FieldSet legend="Where" hint="Nothing chosen means all your farms." error={formState.errors.farmIds?.message}>
        <Controller
          control={control}
          name="farmIds"
          render={({ field }) => (
            <FilterMenu
              label="Farms"
              options={(farms.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              selected={field.value ?? []}
              onSelectedChange={field.onChange}
            />
          )}
        />
      </FieldSet>
      <AlertFields />
      <RolloutFields />
    </>
  );
}

function AlertFields() {
  const { control } = useFormContext<RuleFormInput>();
  const isOn = useWatch({ control, name: "aboutAlerts" });
  return (
    <FieldSet legend="Alerts of devices">
      <Controller
        control={control}
        name="aboutAlerts"
        render={({ field: { value = true, onChange } }) => (
          <CheckboxField label="Tell of alerts" checked={value} onCheckedChange={onChange} />
        )}
      />
      {isOn ? (
        <div className="flex flex-wrap items-center gap-2">
          <Controller
            control={control}
            name="minSeverity"
            render={({ field }) => (
              <Select
                items={SEVERITIES}
                value={field.value}
                onValueChange={field.onChange}
                ref={field.ref}
                aria-label="How grave"
                className="w-52"
              />
            )}
          />
          <Controller
            control={control}
            name="types"
            render={({ field }) => (
              <FilterMenu label="Types of alerts" options={TYPES} selected={field.value ?? []} onSelectedChange={field.onChange} />
            )}
          />
        </div>
      ) : null}
    </FieldSet>
  );
}

function RolloutFields() {
  const { control, formState } = useFormContext<RuleFormInput>();
  return (
    <Controller
      control={control}
      name="rolloutEvents"
      render={({ field: { value = [], onChange } }) => (
        <FieldSet
          legend="Rollouts of firmware"
          hint="Whoever makes a rollout is told of it without a rule."
          error={formState.errors.rolloutEvents?.message}
        >
          <div className="grid gap-3 sm:grid-cols-2">
            {ROLLOUT_EVENT_KINDS.map((kind) => (
              <CheckboxField
                key={kind}
                label={ROLLOUT_EVENT_LABELS[kind]}
                checked={value.includes(kind)}
                onCheckedChange={(isOn) => onChange(isOn ? [...value, kind] : value.filter((other) => other !== kind))}
              />
            ))}
          </div>
        </FieldSet>
      )}
    />
  );
}
