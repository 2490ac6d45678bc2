/** Fields of the rollout by the step where they are entered, as the schema names them. */
export const WIZARD_STEPS = [
  { title: "Firmware", fields: ["firmwareId"] },
  { title: "Devices", fields: ["filter", "except"] },
  { title: "Stages", fields: ["stages"] },
  { title: "Rules", fields: ["policy"] },
  { title: "Preflight", fields: ["planHash"] },
  { title: "Start", fields: ["name", "scheduledAt"] },
] as const satisfies readonly { title: string; fields: readonly string[] }[];

export const STEP = { firmware: 0, devices: 1, stages: 2, rules: 3, preflight: 4, start: 5 } as const;

/** The step where a field is entered: `stages.1.size` is entered where `stages` is. */
export function stepOfField(field: string): number {
  const [root] = field.split(".");
  const step = WIZARD_STEPS.findIndex(({ fields }) => fields.some((name) => name === root));
  return step === -1 ? STEP.start : step;
}
