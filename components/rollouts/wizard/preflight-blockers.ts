import { amountOf } from "@/components/patterns/format-count";
import type { Preflight } from "@/server/services/rollouts/preflight";
import { STEP } from "./wizard-steps";

/** What keeps a rollout from being created, and the step that mends it. */
export interface Blocker {
  text: string;
  step: number;
}

export function blockersOf({
  total,
  willUpdate,
  stages,
  inNoStage,
}: Pick<Preflight, "total" | "willUpdate" | "stages" | "inNoStage">): Blocker[] {
  if (total === 0) return [{ text: "No device matches. Choose others.", step: STEP.devices }];
  if (willUpdate === 0) return [{ text: "No device would be updated; below stands why. Choose others.", step: STEP.devices }];
  return [
    ...stages
      .filter(({ count }) => count === 0)
      .map(({ name }) => ({ text: `No device falls into the stage “${name}”. Make it larger, or take it away.`, step: STEP.stages })),
    ...(inNoStage > 0
      ? [
          {
            text: `${amountOf(inNoStage, "device")} would fall into no stage. Let the last one take the rest: up to 100 %.`,
            step: STEP.stages,
          },
        ]
      : []),
  ];
}
