import { z } from "zod";

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
