import type { Random } from "../random";
import { hasBattery, type DeviceProfile } from "./profile";
import { cloudinessOfDay, sunlight } from "./sun";

const HOUR_MS = 3_600_000;
const LONGEST_STEP_MS = HOUR_MS / 2;
const REFERENCE_REPORT_SECONDS = 30;

/** Charge a device starts with, percent: mostly well filled, one in twelve nearly empty, so that a herd has its cases. */
export function initialChargePercent(profile: DeviceProfile, random: Random): number {
  if (!hasBattery(profile)) return 100;
  return random.chance(1 / 12) ? random.between(4, 19) : random.between(35, 100);
}

/**
 * Charge after a span of time, percent, 0 … 100: the radio's share of the drain follows the report interval, a panel
 * gives back what the sun of each half hour allows. Mains and PoE never change.
 */
export function chargeAfter(
  chargePercent: number,
  profile: DeviceProfile,
  span: { fromMs: number; toMs: number; reportIntervalSeconds: number },
): number {
  if (!hasBattery(profile)) return chargePercent;
  const radioShare = Math.min(6, REFERENCE_REPORT_SECONDS / span.reportIntervalSeconds);
  const drainPercentPerHour = (100 / (profile.batteryLifeDays * 24)) * (0.4 + 0.6 * radioShare);
  let charge = chargePercent;
  for (let atMs = span.fromMs; atMs < span.toMs; atMs += LONGEST_STEP_MS) {
    const hours = Math.min(LONGEST_STEP_MS, span.toMs - atMs) / HOUR_MS;
    const sun = profile.solarPercentPerHour === 0 ? 0 : sunlight(atMs, cloudinessOfDay(atMs));
    charge = clampPercent(charge + (profile.solarPercentPerHour * sun - drainPercentPerHour) * hours);
  }
  return charge;
}

/** Terminal voltage of a charge: flat in the middle, falling off towards empty, as cells do. */
export function batteryVolts(chargePercent: number, profile: DeviceProfile): number {
  const share = chargePercent / 100;
  const shape = 0.75 * share + 0.25 * (1 - Math.exp(-12 * share));
  return profile.emptyVolts + (profile.fullVolts - profile.emptyVolts) * shape;
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}
