import { z } from "zod";

/** Specification Task 3.1: two capitals, three to six digits. Also MQTT user name and client id. */
export const DEVICE_ID_PATTERN = /^[A-Z]{2}[0-9]{3,6}$/;

export const MAX_DEVICE_NUMBER = 999_999;

/** A device ID as typed: spaces around it and lower case are forgiven. */
export const deviceIdSchema = z
  .string()
  .trim()
  .toUpperCase()
  .min(1, "Device ID is required")
  .regex(DEVICE_ID_PATTERN, "Two letters, then three to six digits, for example MM001");

/** The ID of a number as the product gives it out: three digits at least. */
export function formatDeviceId(prefix: string, number: number): string {
  return prefix + String(number).padStart(3, "0");
}

/** Prefix and number of an ID, or `undefined` for one that the product would write otherwise (MM0045). */
export function parseDeviceId(deviceId: string): { prefix: string; number: number } | undefined {
  const prefix = deviceId.slice(0, 2);
  const number = Number(deviceId.slice(2));
  return DEVICE_ID_PATTERN.test(deviceId) && formatDeviceId(prefix, number) === deviceId ? { prefix, number } : undefined;
}

/**
 * The ID that follows the highest number used with a prefix.
 * @param highest highest number in use, 0 when there is none
 * @returns `undefined` when all 999,999 are used up
 */
export function nextDeviceId(prefix: string, highest: number): string | undefined {
  if (highest >= MAX_DEVICE_NUMBER) return undefined;
  return formatDeviceId(prefix, highest + 1);
}
