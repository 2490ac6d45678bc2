/** Specification Task 1.1: a device that was silent for longer than this is offline. */
export const DEFAULT_OFFLINE_WINDOW_SECONDS = 600;

interface PresenceFacts {
  lastSeenAt: Date | null;
  /** False after the broker delivered the will of the device's current boot. */
  connected: boolean;
}

/** Online = connected as far as the broker knows, and heard inside the window (DESIGN 5). */
export function isOnline(facts: PresenceFacts, now: Date, windowSeconds = DEFAULT_OFFLINE_WINDOW_SECONDS): boolean {
  return facts.connected && facts.lastSeenAt !== null && !isSilent(facts.lastSeenAt, now, windowSeconds);
}

/** Silent for strictly longer than the window: at exactly ten minutes it still counts as heard. */
export function isSilent(lastSeenAt: Date, now: Date, windowSeconds = DEFAULT_OFFLINE_WINDOW_SECONDS): boolean {
  return now.getTime() - lastSeenAt.getTime() > windowSeconds * 1000;
}
