/** What a device's health is judged by (specification Task 1.1 and 2.2; DESIGN 6). */
export interface Thresholds {
  /** Silent for strictly longer is offline. */
  offlineWindowSeconds: number;
  /** Percent; below is a warning. */
  lowBatteryThreshold: number;
  /** dBm; below is poor. */
  weakSignalThreshold: number;
  /** More errors are a warning. */
  elevatedErrors: number;
  /** More errors are critical. */
  highErrors: number;
}

export const THRESHOLD_KEYS = [
  "offlineWindowSeconds",
  "lowBatteryThreshold",
  "weakSignalThreshold",
  "elevatedErrors",
  "highErrors",
] as const satisfies (keyof Thresholds)[];

/** The specification's, where no rule says otherwise. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  offlineWindowSeconds: 600,
  lowBatteryThreshold: 20,
  weakSignalThreshold: -90,
  elevatedErrors: 5,
  highErrors: 10,
};

/** Below it a battery is critical, whatever warns before (specification Task 1.1). */
export const CRITICAL_BATTERY_PERCENT = 10;

/** One level's own values; `null` leaves a value to the next level. */
export type ThresholdRule = { [Key in keyof Thresholds]: number | null };

export type ThresholdSource<Level> = { value: number; from: Level | null };

/**
 * The values that hold and the level each comes from.
 * @param levels the nearest first: device, its group, the groups above, its type
 * @returns `from: null` = built in
 */
export function resolveThresholds<Level extends { rule: ThresholdRule }>(
  levels: readonly Level[],
): { [Key in keyof Thresholds]: ThresholdSource<Level> } {
  const resolve = (key: keyof Thresholds): ThresholdSource<Level> => {
    const from = levels.find((level) => level.rule[key] !== null) ?? null;
    return { value: from?.rule[key] ?? DEFAULT_THRESHOLDS[key], from };
  };
  return {
    offlineWindowSeconds: resolve("offlineWindowSeconds"),
    lowBatteryThreshold: resolve("lowBatteryThreshold"),
    weakSignalThreshold: resolve("weakSignalThreshold"),
    elevatedErrors: resolve("elevatedErrors"),
    highErrors: resolve("highErrors"),
  };
}
