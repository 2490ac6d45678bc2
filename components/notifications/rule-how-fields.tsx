"use client";

import { Controller, useFormContext } from "react-hook-form";
import { CheckboxField } from "@/components/ui/checkbox";
import { FieldSet } from "@/components/ui/field-set";
import { NOTIFICATION_CHANNELS } from "@/server/domain/notifications/vocabulary";
import { CHANNEL_HINTS, CHANNEL_LABELS } from "./notification-facts";
import type { RuleFormInput } from "./rule-dialog";

/** By which ways. */
export function RuleHowFields({ canSendMail }: { canSendMail: boolean }) {
  const { control, formState } = useFormContext<RuleFormInput>();
  return (
    <Controller
      control={control}
      name="channels"
      render={({ field: { value, onChange } }) => (
        <FieldSet legend="How" error={formState.errors.channels?.message}>
          {NOTIFICATION_CHANNELS.map((channel) => (
            <CheckboxField
              key={channel}
              label={CHANNEL_LABELS[channel]}
              description={
                channel === "email" && !canSendMail
                  ? "No mail server is set up here yet (SMTP_URL): nothing would arrive."
                  : CHANNEL_HINTS[channel]
              }
              checked={value.includes(channel)}
              onCheckedChange={(isOn) => onChange(isOn ? [...value, channel] : value.filter((other) => other !== channel))}
            />
          ))}
        </FieldSet>
      )}
    />
  );
}
