"use client";

import { useState } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { deviceIdsError, parseDeviceIds } from "./parse-device-ids";
import type { RolloutFormInput } from "./rollout-form";

/** The devices of one stage, by name. */
export function DeviceIdsField({ name }: { name: `stages.${number}.size.deviceIds` }) {
  const { control } = useFormContext<RolloutFormInput>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <IdsField deviceIds={field.value ?? []} onChange={field.onChange} error={fieldState.error?.message} ref={field.ref} />
      )}
    />
  );
}

interface IdsFieldProps {
  deviceIds: readonly string[];
  onChange: (deviceIds: string[]) => void;
  error: string | undefined;
  ref: (element: HTMLTextAreaElement | null) => void;
}

function IdsField({ deviceIds, onChange, error, ref }: IdsFieldProps) {
  const [text, setText] = useState(deviceIds.join("\n"));
  const type = (value: string) => {
    setText(value);
    // What is no ID stays in: the field says so, and the server would too.
    const { deviceIds: known, malformed } = parseDeviceIds(value);
    onChange([...known, ...malformed]);
  };
  const own = text === "" ? undefined : deviceIdsError(parseDeviceIds(text));
  return (
    <Field label="Device IDs" error={own ?? error} hint="One a line; they must be among the devices chosen">
      <Textarea
        ref={ref}
        rows={2}
        value={text}
        onChange={(event) => type(event.target.value)}
        spellCheck={false}
        autoCapitalize="characters"
        className="font-mono tracking-tight"
      />
    </Field>
  );
}
