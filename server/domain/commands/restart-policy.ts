import { DEVICE_TYPE_FACTS, type DeviceType } from "../devices/device-type";
import { milkingAt, type Milking, type MilkingTimes } from "../farms/milking";

interface RestartFacts {
  deviceType: DeviceType;
  milkingSessions: readonly MilkingTimes[];
  timeZone: string;
  now: Date;
  forced: boolean;
  reason: string | null;
}

export type RestartVerdict =
  | { kind: "allowed" }
  /** It moves animals, feed or water: somebody has to say that nothing is in its way. */
  | { kind: "asks" }
  | { kind: "refused"; milking: Milking }
  /** Forced without saying why. */
  | { kind: "reason_missing" };

/** Whether a device may be restarted now. Milking comes first: it also stops what would only have asked. */
export function restartVerdict({ deviceType, milkingSessions, timeZone, now, forced, reason }: RestartFacts): RestartVerdict {
  if (forced) return reason ? { kind: "allowed" } : { kind: "reason_missing" };
  const milking = milkingAt(milkingSessions, timeZone, now);
  if (milking) return { kind: "refused", milking };
  return DEVICE_TYPE_FACTS[deviceType].actuator ? { kind: "asks" } : { kind: "allowed" };
}

/** What stands in the way and how to mend it, at the input field that mends it; `undefined` when nothing does. */
export function restartRefusal(verdict: RestartVerdict, deviceId: string): { field: "force" | "reason"; message: string } | undefined {
  switch (verdict.kind) {
    case "allowed":
      return undefined;
    case "asks":
      return {
        field: "force",
        message: `${deviceId} moves animals, feed or water. Make sure that nothing is in its way, then force the restart with a reason.`,
      };
    case "refused":
      return {
        field: "force",
        message: `The farm of ${deviceId} is milking until ${verdict.milking.untilLocal} farm time. Wait until then, or force the restart with a reason.`,
      };
    case "reason_missing":
      return { field: "reason", message: "Say why, for the record" };
  }
}
