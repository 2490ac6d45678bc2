import { DEFAULT_THRESHOLDS } from "./thresholds";

export interface PresenceFacts {
  lastSeenAt: Date | null;
  /** False after the broker delivered the will of the device's current boot. */
  connected: boolean;
  offlineWindowSeconds: number;
}

/** Online = connected as far as the broker knows, and heard inside the window (DESIGN 5). */
export function isOnline({ connected, lastSeenAt, offlineWindowSeconds }: PresenceFacts, now: Date): boolean {
  return connected && lastSeenAt !== null && !isSilent(lastSeenAt, now, offlineWindowSeconds);
}

/**
 * Silent for strictly longer than the window: at exactly ten minutes it still counts as heard.
 * @param receivingSince since when messages are received without a gap: silence before it proves nothing
 */
export function isSilent(
  lastSeenAt: Date,
  now: Date,
  windowSeconds = DEFAULT_THRESHOLDS.offlineWindowSeconds,
  receivingSince: Date | null = null,
): boolean {
  const from = Math.max(lastSeenAt.getTime(), receivingSince?.getTime() ?? -Infinity);
  return now.getTime() - from > windowSeconds * 1000;
}
