import { createHash } from "node:crypto";
import type { DeviceProfile } from "./behaviour/profile";
import { measure } from "./behaviour/measurements";
import { vitalSigns, type World } from "./behaviour/world";
import type { Random } from "./random";

type CheckState = "ok" | "warning" | "failed";

const FEEBLE_SIGNAL_DBM = -110;

/** The result of a `diagnostic` command (docs/device-protocol.md, diagnostic). */
export function runSelfTest(world: World, profile: DeviceProfile, link: { roundTripMs: number | undefined }, random: Random) {
  const { signalStrength, errorCount } = vitalSigns(world, profile);
  const sensors = Object.entries(measure(profile.type, world.atMs, random)).map(([name, value]) => ({
    name,
    state: errorCount > 10 && random.chance(0.3) ? ("failed" as const) : ("ok" as const),
    value,
  }));
  const storageFreeBytes = random.integer(1_200_000, 3_400_000);
  const memoryFreeBytes = random.integer(60_000, 180_000);
  const isFeeble = signalStrength !== undefined && signalStrength < FEEBLE_SIGNAL_DBM;
  const checks = {
    sensors,
    storage: { state: "ok" as const, freeBytes: storageFreeBytes, totalBytes: 4_194_304 },
    clock: { state: (Math.abs(profile.clockDriftMs) > 2000 ? "warning" : "ok") as CheckState, driftMs: profile.clockDriftMs },
    memory: { state: (memoryFreeBytes < 70_000 ? "warning" : "ok") as CheckState, freeBytes: memoryFreeBytes, totalBytes: 327_680 },
    connectivity: { state: (isFeeble ? "warning" : "ok") as CheckState, signalStrength, roundTripMs: link.roundTripMs },
    firmware: { state: "ok" as const, version: profile.firmwareVersion, sha256: firmwareHash(profile) },
  };
  const { sensors: _, ...single } = checks;
  return { state: worst([...sensors, ...Object.values(single)].map((check) => check.state)), ...checks };
}

function worst(states: CheckState[]): CheckState {
  if (states.includes("failed")) return "failed";
  return states.includes("warning") ? "warning" : "ok";
}

function firmwareHash(profile: DeviceProfile): string {
  return createHash("sha256").update(`${profile.type}:${profile.firmwareVersion}`).digest("hex");
}
