"use client";

import { FlaskConical, Layers, Plus, SlidersHorizontal, Zap } from "lucide-react";
import { useState } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { RadioCards } from "@/components/ui/radio-cards";
import { presetStages, STAGE_PRESET_FACTS, STAGE_PRESETS, type StagePreset } from "@/server/domain/rollouts/presets";
import type { RolloutFormInput } from "./rollout-form";
import { StageFields } from "./stage-fields";
import { matchingPreset, newStage } from "./stage-presets";

const ICONS: Record<StagePreset, typeof Layers> = { fleet: Layers, farm: FlaskConical, at_once: Zap };
const MAX_STAGES = 50;
const ITEMS = [
  ...STAGE_PRESETS.map((preset) => {
    const Icon = ICONS[preset];
    return { value: preset, title: STAGE_PRESET_FACTS[preset].label, description: STAGE_PRESET_FACTS[preset].description, icon: <Icon /> };
  }),
  { value: "own" as const, title: "Your own", description: "Change, add and order the stages below.", icon: <SlidersHorizontal /> },
];

/** Who comes first, and what has to be true before the next ones do. */
export function StagesStep({ onChoose }: { /** Nobody suggests others from now on. */ onChoose: () => void }) {
  const { control, formState } = useFormContext<RolloutFormInput>();
  const { fields, append, remove, move, replace } = useFieldArray({ control, name: "stages" });
  const stages = useWatch({ control, name: "stages" });
  const [isOwn, setOwn] = useState(false);
  const error = formState.errors.stages?.root?.message ?? formState.errors.stages?.message;
  return (
    <>
      <RadioCards
        legend="In which stages?"
        showLegend
        items={ITEMS}
        value={isOwn ? "own" : (matchingPreset(stages) ?? "own")}
        onValueChange={(preset) => {
          onChoose();
          setOwn(preset === "own");
          if (preset !== "own") replace(presetStages(preset));
        }}
        className="grid-cols-1 sm:grid-cols-2 md:grid-cols-2 lg:grid-cols-4"
      />
      {error ? (
        <Callout tone="critical" live>
          {error}
        </Callout>
      ) : null}
      <ol aria-label="Stages" className="flex flex-col gap-3">
        {fields.map((field, index) => (
          <StageFields
            key={field.id}
            index={index}
            isLast={index === fields.length - 1}
            onMove={(to) => move(index, to)}
            onRemove={fields.length > 1 ? () => remove(index) : undefined}
          />
        ))}
      </ol>
      <Button className="self-start" disabled={fields.length >= MAX_STAGES} onClick={() => append(newStage(fields.length))}>
        <Plus aria-hidden />
        Add a stage
      </Button>
    </>
  );
}
