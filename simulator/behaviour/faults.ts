import type { Random } from "../random";

export const FAULT_LEVELS = ["none", "normal", "harsh"] as const;
export type FaultLevel = (typeof FAULT_LEVELS)[number];

interface FaultRates {
  errorsPerDay: number;
  restartsPerDay: number;
  dropoutsPerDay: number;
  meanDropoutMinutes: number;
}

const RATES: Record<FaultLevel, FaultRates> = {
  none: { errorsPerDay: 0, restartsPerDay: 0, dropoutsPerDay: 0, meanDropoutMinutes: 0 },
  normal: { errorsPerDay: 0.8, restartsPerDay: 1 / 14, dropoutsPerDay: 1 / 4, meanDropoutMinutes: 6 },
  harsh: { errorsPerDay: 14, restartsPerDay: 2, dropoutsPerDay: 8, meanDropoutMinutes: 15 },
};

export interface Faults {
  errors: number;
  /** Set when the device restarts by itself. */
  restartReason: "watchdog" | "brownout" | "crash" | undefined;
  /** How long the radio is gone; 0 when it is not. */
  dropoutMs: number;
}

/** What goes wrong within a span of time; the chance grows with its length, not with the number of calls. */
export function drawFaults(level: FaultLevel, elapsedHours: number, random: Random): Faults {
  const rates = RATES[level];
  const days = elapsedHours / 24;
  const happens = (perDay: number) => perDay > 0 && random.chance(1 - Math.exp(-perDay * days));
  return {
    errors: poisson(rates.errorsPerDay * days, random),
    restartReason: happens(rates.restartsPerDay) ? random.pick(["watchdog", "brownout", "crash"] as const) : undefined,
    dropoutMs: happens(rates.dropoutsPerDay) ? random.exponential(rates.meanDropoutMinutes) * 60_000 : 0,
  };
}

const MOST_ERRORS_AT_ONCE = 1000;

function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  let count = -1;
  for (let sum = 0; sum < mean && count < MOST_ERRORS_AT_ONCE; count += 1) sum += random.exponential(1);
  return count;
}
