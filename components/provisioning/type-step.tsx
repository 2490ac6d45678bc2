"use client";

import { Controller, useFormContext } from "react-hook-form";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import type { DeviceFormInput } from "./wizard-steps";

const ITEMS = DEVICE_TYPES.map((type) => ({
  value: type,
  title: DEVICE_TYPE_FACTS[type].label,
  description: DEVICE_TYPE_FACTS[type].purpose,
  icon: <DeviceTypeIcon type={type} />,
}));

/** Choosing is continuing: nothing else is asked here. */
export function TypeStep({ onChosen }: { onChosen: () => void }) {
  const { control, setValue } = useFormContext<DeviceFormInput>();
  return (
    <Controller
      control={control}
      name="type"
      render={({ field, fieldState }) => (
        <div onDoubleClick={() => field.value && onChosen()}>
          <RadioCards
            legend="What kind of device is it?"
            showLegend
            items={ITEMS}
            value={field.value ?? null}
            onValueChange={(type) => {
              field.onChange(type);
              // A group may take devices of one type only.
              setValue("groupId", null);
            }}
            name={field.name}
            error={fieldState.error?.message}
            ref={field.ref}
            className="grid-cols-2 sm:grid-cols-3 lg:grid-cols-4"
          />
        </div>
      )}
    />
  );
}
