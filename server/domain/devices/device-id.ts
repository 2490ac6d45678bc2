import { z } from "zod";

/** Specification Task 3.1: two capitals, three to six digits. Also MQTT user name and client id. */
export const DEVICE_ID_PATTERN = /^[A-Z]{2}[0-9]{3,6}$/;

const MAX_NUMBER = 999_999;

/** A device ID as typed: spaces around it and lower case are forgiven. */
export const deviceIdSchema = z
  .string()
  .trim()
  .toUpperCase()
  .min(1, "Device ID is required")
  .regex(DEVICE_ID_PATTERN, "Two letters, then three to six digits, for example MM001");

/**
 * The ID that follows the highest number used with a prefix.
 * @param highest highest number in use, 0 when there is none
 * @returns `undefined` when all 999,999 are used up
 */
export function nextDeviceId(prefix: string, highest: number): string | undefined {
  if (highest >= MAX_NUMBER) return undefined;
  return prefix + String(highest + 1).padStart(3, "0");
}
