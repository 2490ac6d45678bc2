import type { RolloutStageInput } from "./schema";

/** Where a stage's devices lie in the order of cohorts: ranks above `after`, up to `upTo` (1 is the first device). */
export interface StageCut {
  position: number;
  after: number;
  upTo: number;
}

export interface StageCuts {
  cuts: StageCut[];
  /** Named devices by stage; they are in no cut. */
  named: { position: number; deviceIds: string[] }[];
}

/**
 * How `total` devices, the named ones apart, fall into stages. Percentages are of all devices, round up and add up;
 * counts come on top of what the stages before took. What no stage takes is not updated.
 * @param total devices that are named in no stage
 */
export function assignStages(stages: readonly RolloutStageInput[], total: number): StageCuts {
  const cuts: StageCut[] = [];
  const named: StageCuts["named"] = [];
  let taken = 0;
  stages.forEach(({ size }, position) => {
    if (size.kind === "devices") {
      named.push({ position, deviceIds: size.deviceIds });
      return;
    }
    // In whole numbers: 7 % of 100 must not become 8 by a rounding error.
    const wanted = size.kind === "percent" ? Math.ceil(Math.round(size.upTo * total * 1e6) / 1e8) : taken + size.count;
    const upTo = Math.min(total, Math.max(taken, wanted));
    cuts.push({ position, after: taken, upTo });
    taken = upTo;
  });
  return { cuts, named };
}
