import type { Path } from "react-hook-form";
import type { z } from "zod";
import type { deviceInputSchema } from "@/server/domain/devices/schema";

export type DeviceFormInput = z.input<typeof deviceInputSchema>;
export type DeviceFormOutput = z.output<typeof deviceInputSchema>;

interface WizardStep {
  title: string;
  fields: Path<DeviceFormInput>[];
}

/** Specification Task 3.1. Each step is left only when its own fields are right. */
export const WIZARD_STEPS: readonly WizardStep[] = [
  { title: "Device type", fields: ["type"] },
  { title: "Information", fields: ["name", "deviceId", "farmId", "location", "groupId"] },
  { title: "Hardware", fields: ["manufacturer", "model", "serialNumber", "macAddress", "powerSource", "connectionType"] },
  { title: "Review", fields: [] },
];

export const REVIEW_STEP = WIZARD_STEPS.length - 1;

/** The step where a field is entered. */
export function stepOfField(field: string): number {
  const step = WIZARD_STEPS.findIndex((candidate) => candidate.fields.some((name) => name === field));
  return step === -1 ? REVIEW_STEP : step;
}
