const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUNRISE_HOUR = 6;
const SUNSET_HOUR = 18;

/**
 * Sunlight at an instant, 0 (night) … 1 (clear noon): a half sine between six and six UTC under that day's clouds.
 * @param cloudiness 0 (clear) … 1 (overcast); overcast still lets a fifth through
 */
export function sunlight(atMs: number, cloudiness: number): number {
  const hour = (((atMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
  if (hour <= SUNRISE_HOUR || hour >= SUNSET_HOUR) return 0;
  const height = Math.sin((Math.PI * (hour - SUNRISE_HOUR)) / (SUNSET_HOUR - SUNRISE_HOUR));
  return height * (1 - 0.8 * cloudiness);
}

/** Clouds of the day an instant falls in, 0 … 1; the same for every device of the herd, as weather is. */
export function cloudinessOfDay(atMs: number): number {
  const day = Math.floor(atMs / DAY_MS);
  const wave = Math.sin(day * 12.9898) * 43_758.5453;
  return (wave - Math.floor(wave)) ** 2;
}
