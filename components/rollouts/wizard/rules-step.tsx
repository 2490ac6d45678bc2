"use client";

import { Pause, Undo2, UndoDot } from "lucide-react";
import type { ReactNode } from "react";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { patienceOf, STATE_DEADLINE_MINUTES } from "@/server/domain/rollouts/deadlines";
import { FAILURE_POLICIES, type FailurePolicy } from "@/server/domain/rollouts/vocabulary";
import { formatUptime } from "@/components/devices/format-readings";
import { FAILURE_POLICY_FACTS } from "../rollout-facts";
import { NumberField } from "./number-field";
import type { RolloutFormInput } from "./rollout-form";

const POLICY_ICONS: Record<FailurePolicy, ReactNode> = { pause: <Pause />, rollback_stage: <UndoDot />, rollback_all: <Undo2 /> };
const POLICIES = FAILURE_POLICIES.map((value) => ({
  value,
  title: FAILURE_POLICY_FACTS[value].label,
  description: FAILURE_POLICY_FACTS[value].description,
  icon: POLICY_ICONS[value],
}));

/** When a device has to wait, how many go at once, and what happens when too many fail. */
export function RulesStep({ deviceType }: { deviceType: DeviceType | undefined }) {
  const { control, formState } = useFormContext<RolloutFormInput>();
  return (
    <>
      <GateRules />
      <SpeedRules />
      <RuleCard title="When too many fail" description={deviceType ? silenceInWords(deviceType) : undefined}>
        <Controller
          control={control}
          name="policy.failurePolicy"
          render={({ field }) => (
            <RadioCards
              legend="When too many fail"
              items={POLICIES}
              value={field.value}
              onValueChange={field.onChange}
              error={formState.errors.policy?.failurePolicy?.message}
              ref={field.ref}
              className="grid-cols-1 md:grid-cols-3 lg:grid-cols-3"
            />
          )}
        />
      </RuleCard>
    </>
  );
}

function GateRules() {
  const { register, control, formState } = useFormContext<RolloutFormInput>();
  const isForced = useWatch({ control, name: "policy.forceUpdate" });
  const respectsMilking = useWatch({ control, name: "policy.respectMilking" });
  return (
    <RuleCard
      title="When a device has to wait"
      description="It goes on by itself when the reason is gone. Devices wait while they are offline, in maintenance, or on a farm that wants no change; forcing the update waits only for those that are offline."
    >
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <NumberField name="policy.minBatteryLevel" label="Battery at least" unit="%" hint="0 = any. Devices on mains pass." />
        <NumberField name="policy.minSignal" label="Signal at least" unit="dBm" hint="For example −80. Empty = any." nullable negative />
      </div>
      <CheckboxField
        label="Not while the farm milks"
        description="By each farm’s own milking times and time zone"
        {...register("policy.respectMilking")}
      />
      {respectsMilking ? (
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <NumberField name="policy.milkingMargin" label="Nor before milking" unit="min" hint="So that an update is over when it begins" />
        </div>
      ) : null}
      <CheckboxField
        label="Update all the same"
        description="Overrides every reason to wait. What does not fit, or is not signed, is still refused."
        {...register("policy.forceUpdate")}
      />
      {isForced ? (
        <>
          <Callout tone="warning">Devices may be updated while cows are milked, or run out of battery in the middle of it.</Callout>
          <Field label="Why" error={formState.errors.policy?.forceReason?.message} hint="It stands in the record.">
            <Input autoComplete="off" {...register("policy.forceReason")} />
          </Field>
        </>
      ) : null}
    </RuleCard>
  );
}

function SpeedRules() {
  const { register } = useFormContext<RolloutFormInput>();
  return (
    <RuleCard title="How many at once">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <NumberField name="policy.maxInFlight" label="In all" unit="devices" />
        <NumberField
          name="policy.maxInFlightGroup"
          label="Of one group"
          unit="devices"
          hint="1 = never both waterers of a pen. Empty = no limit."
          nullable
        />
        <NumberField name="policy.ratePerMinute" label="Told a minute" unit="devices" hint="Empty = as the other limits allow." nullable />
      </div>
      <CheckboxField
        label="Tell when it is over"
        description="You, and everybody whose rules ask for it. That it pauses or fails is told in any case."
        {...register("policy.notifyOnComplete")}
      />
    </RuleCard>
  );
}

function RuleCard({ title, description, children }: { title: string; description?: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} description={description} divided />
      <CardBody className="flex flex-col gap-4">{children}</CardBody>
    </Card>
  );
}

/** Silence is a failure, after a while that suits the type. */
function silenceInWords(deviceType: DeviceType): string {
  const minutes = (state: keyof typeof STATE_DEADLINE_MINUTES) => formatUptime(STATE_DEADLINE_MINUTES[state] * patienceOf(deviceType) * 60);
  return `A device that says nothing for ${minutes("downloading")} while it downloads, or ${minutes("installing")} while it installs, counts as failed.`;
}
