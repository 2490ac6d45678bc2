"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import type { FirmwareFormInput } from "./firmware-form-types";

const TYPES = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].label }));

/** Which version, for which devices. */
export function VersionFields() {
  const { register, control, formState } = useFormContext<FirmwareFormInput>();
  const { errors } = formState;
  return (
    <Card>
      <CardHeader title="Version" divided />
      <CardBody className="grid gap-5 sm:grid-cols-2">
        <Field label="Device type" error={errors.deviceType?.message}>
          <Controller
            control={control}
            name="deviceType"
            render={({ field }) => (
              <Select
                items={TYPES}
                value={field.value ?? null}
                onValueChange={field.onChange}
                onBlur={field.onBlur}
                ref={field.ref}
                placeholder="Choose a type"
              />
            )}
          />
        </Field>
        <Field label="Version" error={errors.version?.message} hint="Exactly as devices report it, for example 2.4.0.">
          <Input mono autoComplete="off" spellCheck={false} placeholder="2.4.0" {...register("version")} />
        </Field>
        <Field label="Name" error={errors.name?.message}>
          <Input autoComplete="off" placeholder="Spring release" {...register("name")} />
        </Field>
        <Field label="Release date" error={errors.releaseDate?.message}>
          <Input type="date" {...register("releaseDate")} />
        </Field>
        <Field label="Manufacturer" optional error={errors.manufacturer?.message} hint="Empty: of every maker.">
          <Input autoComplete="off" {...register("manufacturer")} />
        </Field>
        <Field label="Compatible models" optional error={errors.compatibleModels?.message} hint="Separated by commas. Empty: every model.">
          <Input autoComplete="off" placeholder="LF-200, LF-210" {...register("compatibleModels")} />
        </Field>
        <Field
          label="Minimum previous version"
          optional
          error={errors.minPreviousVersion?.message}
          hint="Older devices get there by way of a version in between."
        >
          <Input mono autoComplete="off" spellCheck={false} {...register("minPreviousVersion")} />
        </Field>
        <div className="sm:pt-7">
          <CheckboxField
            label="Mandatory update"
            description="Devices that run something older have to take it."
            {...register("isMandatory")}
          />
        </div>
      </CardBody>
    </Card>
  );
}

/** What it brings, in words. */
export function NotesFields() {
  const { register, formState } = useFormContext<FirmwareFormInput>();
  const { errors } = formState;
  return (
    <Card>
      <CardHeader title="What it brings" divided />
      <CardBody className="flex flex-col gap-5">
        <Field label="Release notes" optional error={errors.releaseNotes?.message} hint="For people on the farm: what will be different.">
          <Textarea rows={3} {...register("releaseNotes")} />
        </Field>
        <Field label="Changelog" optional error={errors.changelog?.message} hint="For those who want to know exactly.">
          <Textarea rows={5} {...register("changelog")} />
        </Field>
      </CardBody>
    </Card>
  );
}
