import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { optionalLine } from "../text";

export const COMMAND_KINDS = ["identify", "restart", "diagnostic", "configure", "firmware_update"] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

export const COMMAND_STATES = ["queued", "sent", "acknowledged", "succeeded", "failed", "expired", "cancelled"] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

/** What a device may answer to a command. */
export const RESPONSE_STATES = ["acknowledged", "succeeded", "failed"] as const;
export type ResponseState = (typeof RESPONSE_STATES)[number];

const RANK: Record<CommandState, number> = { queued: 0, sent: 1, acknowledged: 2, succeeded: 3, failed: 3, expired: 3, cancelled: 3 };

/** A command only moves forward; what is finished stays as it is, whatever arrives late or twice. */
export function canAdvance(from: CommandState, to: CommandState): boolean {
  return RANK[from] < RANK[to];
}

const COMMAND_FIRST_RETRY_SECONDS = 5;
const COMMAND_LAST_RETRY_SECONDS = 300;

/**
 * Seconds until an unanswered command is sent again: doubling from 5 s to 5 min, with full jitter so that a barn that
 * comes back does not answer in one burst.
 * @param attempts how often it has been sent, ≥ 1
 * @param random 0 … 1
 */
export function retryDelaySeconds(attempts: number, random: number): number {
  const ceiling = Math.min(COMMAND_LAST_RETRY_SECONDS, COMMAND_FIRST_RETRY_SECONDS * 2 ** (attempts - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}

/** Blink or beep so that a person in the barn finds the device. */
export const identifyDeviceSchema = z.object({ deviceId: z.string().max(20), seconds: z.number().int().min(5).max(120).default(30) });

const HOUR_SECONDS = 3_600;

/**
 * Seconds a command waits for its device. Who asks to identify stands in the barn now; a restart or an examination
 * answers what was seen within the hour and would surprise later; a configuration is right until the next one.
 */
export const COMMAND_LIFETIME_SECONDS: Record<Exclude<CommandKind, "firmware_update">, number> = {
  identify: 120,
  restart: HOUR_SECONDS,
  diagnostic: HOUR_SECONDS,
  configure: 7 * 24 * HOUR_SECONDS,
};

/** Restart one device. `force` with a reason overrides the milking session and confirms a device that moves something. */
export const restartDeviceSchema = z.object({ deviceId: deviceIdSchema, reason: optionalLine(300), force: z.boolean().default(false) });

export const MIN_REPORTING_INTERVAL_SECONDS = 10;
export const MAX_REPORTING_INTERVAL_SECONDS = 86_400;

/** What a device is told about its reports (docs/device-protocol.md, section 7). Without a threshold it keeps its own. */
export const configureDeviceSchema = z.object({
  deviceId: deviceIdSchema,
  reportingIntervalSeconds: z
    .number("Enter the seconds between two reports")
    .int("Enter whole seconds")
    .min(MIN_REPORTING_INTERVAL_SECONDS, "At least 10 seconds")
    .max(MAX_REPORTING_INTERVAL_SECONDS, "At most 86,400 seconds, one day"),
  lowBatteryThreshold: z.number("Enter a percentage").min(1, "At least 1 %").max(99, "At most 99 %").optional(),
  /** Of the device as it was read; an edit that came between is not overwritten. */
  version: z.number().int().positive().optional(),
});

export const cancelCommandSchema = z.object({ commandId: z.uuid("Name a command by its id") });
