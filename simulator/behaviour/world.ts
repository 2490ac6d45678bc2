import type { Random } from "../random";
import { batteryVolts, chargeAfter, initialChargePercent } from "./battery";
import { drawFaults, type FaultLevel, type Faults } from "./faults";
import { hasBattery, type DeviceProfile } from "./profile";
import { signalAfter } from "./signal";

const HOUR_MS = 3_600_000;
const ERROR_WINDOW_MS = 24 * HOUR_MS;
const SOLAR_WAKES_AT_PERCENT = 15;
const MEAN_HOURS_TO_NEW_BATTERY = 10;

/** The physical state of a device at one instant of simulated time. */
export interface World {
  atMs: number;
  chargePercent: number;
  signalDbm: number;
  /** When each error of the last 24 hours happened. */
  errorTimesMs: readonly number[];
  /** Set while the battery is flat: when somebody brings a new one; a panel waits for the sun instead. */
  darkUntilMs: number | undefined;
}

/** How a device is found when the simulation starts. @param knownCharge percent */
export function initialWorld(profile: DeviceProfile, atMs: number, random: Random, knownCharge?: number): World {
  // Drawn in any case, so that a unit lives the same life whether or not its charge is known.
  const drawn = initialChargePercent(profile, random);
  return {
    atMs,
    chargePercent: hasBattery(profile) ? (knownCharge ?? drawn) : drawn,
    signalDbm: profile.meanSignalDbm,
    errorTimesMs: [],
    darkUntilMs: undefined,
  };
}

interface WorldStep {
  world: World;
  faults: Faults;
  /** The battery went flat, or came back, in this step. */
  power: "went_dark" | "came_back" | "unchanged";
}

const NO_FAULTS: Faults = { errors: 0, restartReason: undefined, dropoutMs: 0 };

/** The world at a later instant, and what happened on the way. */
export function advanceWorld(
  world: World,
  profile: DeviceProfile,
  toMs: number,
  circumstances: { reportIntervalSeconds: number; faults: FaultLevel },
  random: Random,
): WorldStep {
  const elapsedHours = Math.max(0, toMs - world.atMs) / HOUR_MS;
  const span = { fromMs: world.atMs, toMs, reportIntervalSeconds: circumstances.reportIntervalSeconds };
  const chargePercent = chargeAfter(world.chargePercent, profile, span);
  const signalDbm = signalAfter(world.signalDbm, profile.meanSignalDbm, elapsedHours, random, profile.connectionType === "ethernet");
  const next = { ...world, atMs: toMs, chargePercent, signalDbm };

  if (world.darkUntilMs !== undefined) return stepInTheDark(next, world.darkUntilMs, profile);
  if (hasBattery(profile) && chargePercent <= 0) {
    const waitMs = random.exponential(MEAN_HOURS_TO_NEW_BATTERY) * HOUR_MS;
    return { world: { ...next, darkUntilMs: toMs + waitMs, errorTimesMs: [] }, faults: NO_FAULTS, power: "went_dark" };
  }
  const faults = drawFaults(circumstances.faults, elapsedHours, random);
  const recent = world.errorTimesMs.filter((errorMs) => toMs - errorMs < ERROR_WINDOW_MS);
  const errorTimesMs = [...recent, ...Array.from({ length: faults.errors }, () => toMs)];
  return { world: { ...next, errorTimesMs }, faults, power: "unchanged" };
}

function stepInTheDark(world: World, darkUntilMs: number, profile: DeviceProfile): WorldStep {
  const isSolar = profile.powerSource === "solar";
  const wakes = isSolar ? world.chargePercent >= SOLAR_WAKES_AT_PERCENT : world.atMs >= darkUntilMs;
  if (!wakes) return { world, faults: NO_FAULTS, power: "unchanged" };
  const chargePercent = isSolar ? world.chargePercent : 100;
  return { world: { ...world, chargePercent, darkUntilMs: undefined }, faults: NO_FAULTS, power: "came_back" };
}

/** What the device reads off itself, as a heartbeat carries it: no battery on mains, no signal on a cable. */
export function vitalSigns(world: World, profile: DeviceProfile) {
  const battery = hasBattery(profile)
    ? {
        batteryLevel: Math.round(world.chargePercent * 10) / 10,
        batteryVoltage: Math.round(batteryVolts(world.chargePercent, profile) * 100) / 100,
      }
    : {};
  const signal = profile.connectionType === "ethernet" ? {} : { signalStrength: Math.round(world.signalDbm) };
  return { ...battery, ...signal, errorCount: world.errorTimesMs.length };
}
