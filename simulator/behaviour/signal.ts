import type { Random } from "../random";

const WEAKEST_DBM = -125;
const STRONGEST_DBM = -25;
const HOURS_TO_RETURN = 0.5;
const WANDER_DBM = 4;

/**
 * Signal strength after a span of time, dBm: a random walk that is drawn back to the mean of the place the device
 * hangs at (Ornstein–Uhlenbeck, exact for any step). A cable does not wander.
 */
export function signalAfter(signalDbm: number, meanDbm: number, elapsedHours: number, random: Random, isCable = false): number {
  if (isCable) return meanDbm;
  const memory = Math.exp(-elapsedHours / HOURS_TO_RETURN);
  const spread = WANDER_DBM * Math.sqrt(1 - memory * memory);
  const next = meanDbm + (signalDbm - meanDbm) * memory + spread * random.gaussian();
  return Math.min(STRONGEST_DBM, Math.max(WEAKEST_DBM, next));
}
