const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** More than these nobody reads from across the room. */
export const WALL_ALERTS = { limit: 6, criticalOnly: true };

/** A farm that is none is all farms. */
export function wallInput(farmId: string | undefined): { farmId: string | undefined } {
  return { farmId: farmId && UUID.test(farmId) ? farmId : undefined };
}
