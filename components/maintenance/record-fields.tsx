"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { MAINTENANCE_TYPE_LABELS, MAINTENANCE_TYPES } from "@/server/domain/maintenance/maintenance-type";
import { MaintenanceTypeIcon } from "./maintenance-type-icon";
import type { FormTask, RecordForm } from "./record-form";

const TYPE_ITEMS = MAINTENANCE_TYPES.map((value) => ({
  value,
  label: MAINTENANCE_TYPE_LABELS[value],
  icon: <MaintenanceTypeIcon type={value} />,
}));

interface RecordFieldsProps {
  task: FormTask;
  asksForResult: boolean;
  today: string;
}

/** What is asked depends on the task: planned work has no parts yet, and only a calibration has a certificate. */
export function RecordFields({ task, asksForResult, today }: RecordFieldsProps) {
  const { register, control, watch, formState } = useFormContext<RecordForm>();
  const { errors } = formState;
  const isCalibration = watch("type") === "calibration";
  return (
    <>
      {"record" in task ? null : (
        <Field label="Kind of work" error={errors.type?.message}>
          <Controller
            control={control}
            name="type"
            render={({ field }) => <Select items={TYPE_ITEMS} value={field.value} onValueChange={field.onChange} ref={field.ref} />}
          />
        </Field>
      )}
      {asksForResult ? (
        <Field label="Done on" error={errors.doneOn?.message}>
          <Input type="date" max={today} {...register("doneOn")} />
        </Field>
      ) : (
        <Field label="Planned for" error={errors.plannedFor?.message}>
          <Input type="date" min={task.kind === "plan" ? today : undefined} {...register("plannedFor")} />
        </Field>
      )}
      <Field label="What" optional error={errors.title?.message}>
        <Input autoComplete="off" placeholder={MAINTENANCE_TYPE_LABELS[watch("type")]} {...register("title")} />
      </Field>
      <Field label="Technician" optional error={errors.technician?.message}>
        <Input autoComplete="off" {...register("technician")} />
      </Field>
      {asksForResult ? <ResultFields isCalibration={isCalibration} asksForNext={task.kind !== "edit"} /> : null}
      <Field label="Notes" optional error={errors.notes?.message} className="sm:col-span-2">
        <Textarea {...register("notes")} />
      </Field>
    </>
  );
}

function ResultFields({ isCalibration, asksForNext }: { isCalibration: boolean; asksForNext: boolean }) {
  const { register, formState } = useFormContext<RecordForm>();
  const { errors } = formState;
  return (
    <>
      {isCalibration ? (
        <>
          <Field label="Certificate" optional error={errors.certificate?.message}>
            <Input mono autoComplete="off" {...register("certificate")} />
          </Field>
          <Field label="Deviation" optional error={errors.deviation?.message}>
            <Input autoComplete="off" placeholder="+0.4 %" {...register("deviation")} />
          </Field>
        </>
      ) : null}
      <Field label="Parts" optional error={errors.parts?.message}>
        <Input autoComplete="off" {...register("parts")} />
      </Field>
      <div className="grid grid-cols-[1fr_5.5rem] gap-3">
        <Field label="Cost" optional error={errors.cost?.message}>
          <Input inputMode="decimal" autoComplete="off" className="text-right tabular" {...register("cost")} />
        </Field>
        <Field label="Currency" error={errors.currency?.message}>
          <Input mono autoComplete="off" maxLength={3} autoCapitalize="characters" {...register("currency")} />
        </Field>
      </div>
      {asksForNext ? (
        <Field label="Next regular maintenance" optional error={errors.nextMaintenanceDate?.message}>
          <Input type="date" {...register("nextMaintenanceDate")} />
        </Field>
      ) : null}
    </>
  );
}
