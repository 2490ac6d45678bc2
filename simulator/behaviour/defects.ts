import type { Random } from "../random";
import type { FaultLevel } from "./faults";

const DEFECTS = ["dead_sensor", "full_storage", "leaking_memory", "lost_clock", "altered_firmware", "stuck_bus"] as const;

/** A lasting fault of one unit that only its self-test finds; faults that come and go are in faults.ts. */
export type Defect = (typeof DEFECTS)[number];

const SHARE: Record<FaultLevel, number> = { none: 0, normal: 0.12, harsh: 0.5 };

/** Whether a unit left the works with a defect, and which. */
export function drawDefect(level: FaultLevel, random: Random): Defect | undefined {
  return random.chance(SHARE[level]) ? random.pick(DEFECTS) : undefined;
}

/** Beyond what people notice, and within the life of a command. */
export const LOST_CLOCK_MS = 75_000;
