import { worstResult, type Check, type CheckResult } from "./check";
import { describeBytes, describeDuration, describeSignal } from "./describe-values";
import type { SelfTest, SelfTestState } from "./self-test";

const RESULT_OF: Record<SelfTestState, CheckResult> = { ok: "passed", warning: "warning", failed: "failed" };

/** Below a tenth a device has no room for the next update or a long outage. */
const SCARCE_SHARE = 0.1;
const CLOCK_WARNING_MS = 5_000;
const CLOCK_FAILED_MS = 60_000;

const NEXT_STEPS = {
  sensor: "Clean the sensor, check its cable and its seat; replace it when the next test fails as well.",
  storage: "Let it upload what it keeps, then restart it. If the storage stays full, replace the unit.",
  clock: "Let it reach a time server (SNTP), then test again. Commands expire by the device's clock.",
  memory: "Restart it at a quiet time. If the memory runs out again, report it to the maker with its firmware version.",
  connectivity: "Move the antenna or add an access point nearby, then test again.",
  firmware: "Do not trust this unit's readings: install its firmware again, or replace it.",
} as const;

/**
 * What the device says about itself. Its own verdict stands; the server only makes it graver where the numbers beside
 * it say more than the verdict does.
 */
export function deviceChecks(test: SelfTest, previousFirmware: SelfTest["firmware"]): Check[] {
  return [
    ...test.sensors.map((sensor) => check(`sensor:${sensor.name}`, RESULT_OF[sensor.state], textOf(sensor.value), NEXT_STEPS.sensor)),
    ...spaceCheck("storage", test.storage),
    ...spaceCheck("memory", test.memory),
    ...clockCheck(test.clock),
    ...connectivityCheck(test.connectivity),
    ...firmwareCheck(test.firmware, previousFirmware),
    ...test.unreadable.map((part) =>
      check(
        part,
        "warning",
        "Not readable",
        "The answer does not follow the device protocol: report it to the maker with the firmware version.",
      ),
    ),
  ];
}

function check(key: string, result: CheckResult, value: string | null, nextStep: string): Check {
  return { key, source: "device", result, value, nextStep: result === "passed" ? null : nextStep };
}

function textOf(value: string | number | boolean | undefined): string | null {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return value === undefined ? null : String(value);
}

function spaceCheck(part: "storage" | "memory", space: SelfTest["storage"]): Check[] {
  if (!space) return [];
  const { freeBytes, totalBytes } = space;
  const isScarce = freeBytes !== undefined && totalBytes !== undefined && freeBytes < totalBytes * SCARCE_SHARE;
  const free = freeBytes === undefined ? null : `${describeBytes(freeBytes)} free`;
  const value = free && totalBytes !== undefined ? `${free} of ${describeBytes(totalBytes)}` : free;
  return [check(part, worstResult([RESULT_OF[space.state], isScarce ? "warning" : "passed"]), value, NEXT_STEPS[part])];
}

function clockCheck(clock: SelfTest["clock"]): Check[] {
  if (!clock) return [];
  const drift = clock.driftMs;
  const result = worstResult([RESULT_OF[clock.state], drift === undefined ? "passed" : clockResult(drift)]);
  return [check("clock", result, drift === undefined ? null : `${describeDuration(drift)} from true time`, NEXT_STEPS.clock)];
}

/** How far a clock may be off: five seconds are not felt, a minute makes commands expire unseen. */
export function clockResult(differenceMs: number): CheckResult {
  if (Math.abs(differenceMs) > CLOCK_FAILED_MS) return "failed";
  return Math.abs(differenceMs) > CLOCK_WARNING_MS ? "warning" : "passed";
}

function connectivityCheck(link: SelfTest["connectivity"]): Check[] {
  if (!link) return [];
  const values = [
    link.signalStrength === undefined ? null : describeSignal(link.signalStrength),
    link.roundTripMs === undefined ? null : `${describeDuration(link.roundTripMs)} round trip`,
  ].filter((value) => value !== null);
  return [check("connectivity", RESULT_OF[link.state], values.join(", ") || null, NEXT_STEPS.connectivity)];
}

function firmwareCheck(firmware: SelfTest["firmware"], previous: SelfTest["firmware"]): Check[] {
  if (!firmware) return [];
  const { version, sha256 } = firmware;
  const isAltered =
    version !== undefined &&
    version === previous?.version &&
    sha256 !== undefined &&
    previous.sha256 !== undefined &&
    sha256.toLowerCase() !== previous.sha256.toLowerCase();
  const hash = sha256 && `sha256 ${sha256.slice(0, 12).toLowerCase()}…`;
  const value = [version, hash, isAltered ? "other image than at the last test" : undefined].filter(Boolean).join(", ");
  return [check("firmware", isAltered ? "failed" : RESULT_OF[firmware.state], value || null, NEXT_STEPS.firmware)];
}
