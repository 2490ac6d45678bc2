import type { DeviceType } from "../devices/device-type";
import type { ActiveTargetState } from "./vocabulary";

/**
 * Minutes in which a device has to show a sign of going on: silence past them is a failure. Every report of progress
 * begins them anew. Between `verifying` and the end lie a reboot and a self-test.
 */
export const STATE_DEADLINE_MINUTES: Record<ActiveTargetState, number> = {
  sent: 30,
  downloading: 30,
  downloaded: 30,
  installing: 20,
  verifying: 20,
};

/** A collar speaks when it passes a reader; it may be told in the evening and answer at the next milking. */
const PATIENCE: Partial<Record<DeviceType, number>> = { collar: 48, temperature: 4, environmental: 4 };

/** Factor on every deadline of a type. */
export function patienceOf(type: DeviceType): number {
  return PATIENCE[type] ?? 1;
}
