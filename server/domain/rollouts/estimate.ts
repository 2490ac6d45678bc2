/** A download over a slow link, an installation and a reboot. */
const TYPICAL_UPDATE_MINUTES = 8;

interface EstimatedStage {
  devices: number;
  soakMinutes: number;
}

/**
 * Minutes a rollout takes when nobody has to wait and nothing fails: each stage by what limits it, commands a minute or
 * devices at once, and its soak time.
 */
export function estimateMinutes(
  stages: readonly EstimatedStage[],
  { ratePerMinute, maxInFlight }: { ratePerMinute: number | null; maxInFlight: number },
): number {
  return stages.reduce((sum, { devices, soakMinutes }) => {
    if (devices === 0) return sum;
    const byRate = ratePerMinute === null ? 0 : devices / ratePerMinute;
    const byRounds = Math.ceil(devices / maxInFlight) * TYPICAL_UPDATE_MINUTES;
    return sum + Math.ceil(Math.max(byRate + TYPICAL_UPDATE_MINUTES, byRounds)) + soakMinutes;
  }, 0);
}
