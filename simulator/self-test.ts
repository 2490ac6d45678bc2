import { createHash } from "node:crypto";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { Defect } from "./behaviour/defects";
import type { DeviceProfile } from "./behaviour/profile";
import { measure } from "./behaviour/measurements";
import { vitalSigns, type World } from "./behaviour/world";
import { sampleImage } from "@/server/domain/firmware/sample-image";
import type { Image } from "./firmware/flash";
import type { Random } from "./random";

type CheckState = "ok" | "warning" | "failed";

const FEEBLE_SIGNAL_DBM = -110;
const STORAGE_BYTES = 4_194_304;
const MEMORY_BYTES = 327_680;

interface Condition {
  roundTripMs: number | undefined;
  defect: Defect | undefined;
  /** What runs. */
  image: Image;
}

/** The result of a `diagnostic` command (docs/device-protocol.md, diagnostic), with what is broken in this unit. */
export function runSelfTest(world: World, profile: DeviceProfile, { roundTripMs, defect, image }: Condition, random: Random) {
  const { signalStrength, errorCount } = vitalSigns(world, profile);
  const sensors = Object.entries(measure(profile.type, world.atMs, random)).map(([name, value], index) => ({
    name,
    state: isDead(index) ? ("failed" as const) : ("ok" as const),
    value,
  }));
  function isDead(index: number): boolean {
    return (defect === "dead_sensor" && index === 0) || (errorCount > 10 && random.chance(0.3));
  }
  const storageFreeBytes = random.integer(1_200_000, 3_400_000);
  const memoryFreeBytes = random.integer(60_000, 180_000);
  const isFeeble = signalStrength !== undefined && signalStrength < FEEBLE_SIGNAL_DBM;
  const checks = {
    sensors,
    storage: defect === "full_storage" ? space("failed", 12_288, STORAGE_BYTES) : space("ok", storageFreeBytes, STORAGE_BYTES),
    clock: { state: (Math.abs(profile.clockDriftMs) > 2000 ? "warning" : "ok") as CheckState, driftMs: profile.clockDriftMs },
    memory:
      defect === "leaking_memory"
        ? space("warning", 9_216, MEMORY_BYTES)
        : space(memoryFreeBytes < 70_000 ? "warning" : "ok", memoryFreeBytes, MEMORY_BYTES),
    connectivity: { state: (isFeeble ? "warning" : "ok") as CheckState, signalStrength, roundTripMs },
    firmware: firmware(profile.type, image, defect),
  };
  const { sensors: _, ...single } = checks;
  return { state: worst([...sensors, ...Object.values(single)].map((check) => check.state)), ...checks };
}

function space(state: CheckState, freeBytes: number, totalBytes: number) {
  return { state, freeBytes, totalBytes };
}

function firmware(type: DeviceType, image: Image, defect: Defect | undefined) {
  const isAltered = defect === "altered_firmware";
  const { version } = image;
  const sha256 = isAltered ? hashOf(`${type}:${version}:altered`) : (image.sha256 ?? hashOf(sampleImage({ type, version })));
  return { state: (isAltered ? "failed" : "ok") as CheckState, version, sha256 };
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function worst(states: CheckState[]): CheckState {
  if (states.includes("failed")) return "failed";
  return states.includes("warning") ? "warning" : "ok";
}
