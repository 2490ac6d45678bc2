"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import type { ImportSettings } from "@/server/domain/imports/schema";
import { ERROR_POLICIES, ERROR_POLICY_FACTS, IMPORT_MODE_FACTS, IMPORT_MODES } from "@/server/domain/imports/vocabulary";

interface SettingsCardProps {
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const NO_FARM = "-";
const MODES = IMPORT_MODES.map((value) => ({
  value,
  title: IMPORT_MODE_FACTS[value].label,
  description: IMPORT_MODE_FACTS[value].meaning,
}));
const POLICIES = [...ERROR_POLICIES]
  .reverse()
  .map((value) => ({ value, title: ERROR_POLICY_FACTS[value].label, description: ERROR_POLICY_FACTS[value].meaning }));

/** What is done with the rows of a file. */
export function SettingsCard({ settings, onChange }: SettingsCardProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const creates = settings.mode !== "update";
  const change = (changed: Partial<ImportSettings>) => onChange({ ...settings, ...changed });
  return (
    <Card>
      <CardHeader title="What is imported" divided />
      <CardBody className="flex flex-col gap-5">
        <RadioCards
          legend="Devices"
          items={MODES}
          value={settings.mode}
          onValueChange={(mode) => change({ mode })}
          className="grid-cols-1 sm:grid-cols-3 md:grid-cols-3 lg:grid-cols-3"
        />
        {creates ? (
          <div className="grid gap-5 md:grid-cols-2">
            <Field label="Default farm" hint="For new devices whose row names no farm.">
              <Select
                items={[
                  { value: NO_FARM, label: "None: every row names its farm" },
                  ...(farms.data ?? []).map((farm) => ({ value: farm.id, label: farm.name, description: farm.code })),
                ]}
                value={settings.defaultFarmId ?? NO_FARM}
                onValueChange={(value) => change({ defaultFarmId: value === NO_FARM ? null : value })}
              />
            </Field>
            <CheckboxField
              className="md:pt-7"
              label="Issue passwords now"
              description="You download them once, as a file. Without, new devices are drafts that get theirs later."
              checked={settings.issueCredentials}
              onCheckedChange={(issueCredentials) => change({ issueCredentials })}
            />
          </div>
        ) : null}
        <RadioCards
          legend="When rows are wrong"
          showLegend
          items={POLICIES}
          value={settings.onError}
          onValueChange={(onError) => change({ onError })}
          className="grid-cols-1 sm:grid-cols-2 md:grid-cols-2 lg:grid-cols-2"
        />
        <p className="text-sm text-ink-2">An empty cell changes nothing: it neither erases what is there nor issues anything anew.</p>
      </CardBody>
    </Card>
  );
}
