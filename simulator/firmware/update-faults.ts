import type { ImageLabel } from "@/server/domain/firmware/sample-image";
import { seededRandom } from "../random";
import { UsageError } from "../usage-error";

/** What can go wrong with one attempt at an update, and what comes of it (docs/device-protocol.md, section 7.1). */
export const UPDATE_FAULTS = ["slow", "drop", "corrupt", "tampered", "power", "self_test", "boot_loop", "brick", "lie"] as const;
export type UpdateFault = (typeof UPDATE_FAULTS)[number];

export const UPDATE_FAULT_MEANINGS: Record<UpdateFault, string> = {
  slow: "the download takes minutes",
  drop: "the connection breaks several times; the download resumes",
  corrupt: "a byte of the download changes; refused by its hash",
  tampered: "the manifest is changed on its way; refused by its signature",
  power: "the power is cut at any point; resumes or rolls back",
  self_test: "the new firmware finds its sensors dead; rolls back",
  boot_loop: "the new firmware crashes at each start; rolls back",
  brick: "never comes back",
  lie: "says completed and goes on running the old version",
};

/** Share of attempts each fault befalls, 0 … 1. */
export type UpdateFaultShares = Partial<Record<UpdateFault, number>>;

/**
 * Reads `corrupt=0.1,brick=0.02`.
 * @throws UsageError
 */
export function readUpdateFaults(text = ""): UpdateFaultShares {
  const shares: UpdateFaultShares = {};
  for (const part of text.split(",").filter(Boolean)) {
    const [name = "", value = ""] = part.split("=");
    const fault = UPDATE_FAULTS.find((each) => each === name.trim());
    if (!fault) throw new UsageError(`--update-faults does not know “${name}”, only ${UPDATE_FAULTS.join(", ")}`);
    const share = value.trim() === "" ? Number.NaN : Number(value);
    if (!(share >= 0 && share <= 1)) throw new UsageError(`--update-faults takes shares of 0 to 1, for example ${fault}=0.1`);
    shares[fault] = share;
  }
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  if (total > 1 + 1e-9) throw new UsageError("--update-faults: the shares together are more than 1");
  return shares;
}

/** Those that a build carries in itself, whatever the connection and the device are like. */
const BUILD_FAULTS = ["self_test", "boot_loop", "brick"] as const satisfies UpdateFault[];

/** What a device meets in a build with faults (server/domain/firmware/sample-image.ts): the same at each attempt. */
export function drawBuildFault({ version, faults = {} }: ImageLabel, device: { seed: number; deviceId: string }): UpdateFault | undefined {
  const shares = Object.fromEntries(BUILD_FAULTS.map((fault) => [fault, faults[fault] ?? 0]));
  return drawUpdateFault(shares, { ...device, version: `${version}:build`, attempt: 0 });
}

interface Attempt {
  seed: number;
  deviceId: string;
  version: string;
  attempt: number;
}

/** Which fault befalls an attempt, if any: the same for the same seed, another one perhaps when it is tried again. */
export function drawUpdateFault(shares: UpdateFaultShares, { seed, deviceId, version, attempt }: Attempt): UpdateFault | undefined {
  let remaining = seededRandom(`${seed}:${deviceId}:firmware:${version}:${attempt}`).next();
  for (const fault of UPDATE_FAULTS) {
    remaining -= shares[fault] ?? 0;
    if (remaining < 0) return fault;
  }
  return undefined;
}
