"use client";

import type { ReactNode } from "react";
import { type Path, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RolloutFormInput } from "./rollout-form";

interface NumberFieldProps {
  name: Path<RolloutFormInput>;
  label: ReactNode;
  unit?: string;
  hint?: ReactNode;
  /** Empty means "no limit". */
  nullable?: boolean;
  /** Signals are negative: the phone's number pad has no minus. */
  negative?: boolean;
}

/** A number of the rollout's form; what is not one is said at the field. */
export function NumberField({ name, label, unit, hint, nullable = false, negative = false }: NumberFieldProps) {
  const { register, getFieldState, formState } = useFormContext<RolloutFormInput>();
  const parse = (value: unknown) => (value === "" || value === null || value === undefined ? (nullable ? null : NaN) : Number(value));
  return (
    <Field label={label} optional={nullable} hint={hint} error={getFieldState(name, formState).error?.message}>
      <Input
        type="number"
        step="any"
        inputMode={negative ? "text" : "decimal"}
        autoComplete="off"
        end={unit}
        {...register(name, { setValueAs: parse })}
      />
    </Field>
  );
}
