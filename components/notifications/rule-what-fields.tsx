"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, useFormContext } from "react-hook-form";
import { SEVERITY_LABELS } from "@/components/alerts/alert-facts";
import { useTRPC } from "@/components/console/trpc";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ALERT_SEVERITIES, ALERT_TYPE_LABELS, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";
import type { RuleFormInput } from "./rule-dialog";

const SEVERITIES = ALERT_SEVERITIES.map((value) => ({
  value,
  label: value === "critical" ? "Critical only" : `${SEVERITY_LABELS[value]} and worse`,
}));
const TYPES = ALERT_TYPES.map((value) => ({ value, label: ALERT_TYPE_LABELS[value] }));

/** Which alerts, of which farms. */
export function RuleWhatFields() {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const { register, control, formState } = useFormContext<RuleFormInput>();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={formState.errors.name?.message}>
          <Input autoComplete="off" placeholder="Urgent" {...register("name")} />
        </Field>
        <Field label="How grave">
          <Controller
            control={control}
            name="minSeverity"
            render={({ field }) => <Select items={SEVERITIES} value={field.value} onValueChange={field.onChange} ref={field.ref} />}
          />
        </Field>
      </div>
      <FieldSet legend="Which" hint="Nothing chosen means all." error={formState.errors.farmIds?.message}>
        <div className="flex flex-wrap gap-2">
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
          <Controller
            control={control}
            name="types"
            render={({ field }) => (
              <FilterMenu label="Types of alerts" options={TYPES} selected={field.value ?? []} onSelectedChange={field.onChange} />
            )}
          />
        </div>
      </FieldSet>
    </>
  );
}
