import type { PowerSource } from "../devices/vocabulary";

/** Days of history that the estimate looks at. */
export const BATTERY_HISTORY_DAYS = 60;
/** A rise by so many points between two days is a new battery. */
export const REPLACEMENT_RISE_PERCENT = 15;
/** The list says who needs a battery within so many days. */
export const BATTERY_HORIZON_DAYS = 30;

/** Fewer days with a reading than these are no trend. */
export const MIN_DAYS = 7;
/** So many rises in {@link BATTERY_HISTORY_DAYS} are no replacements but charging. */
const CHARGING_RISES = 3;
/** A trend that rises by more than this, percent a day, is charging. */
const CHARGING_SLOPE = 0.05;
/** Older readings say nothing of today. */
const SILENT_DAYS = 7;
/** Devices report whole percents and their gauges drift: closer to the line than this nobody can read, percent. */
const GAUGE_ERROR_PERCENT = 1;
/** A wider range between the earliest and the latest day is no answer. */
const WIDEST_RANGE_DAYS = 90;
const FURTHEST_DAYS = 365;
const DAY_MS = 86_400_000;

/** The straight line through a battery's last reading of each day since its last replacement, by least squares. */
export interface BatteryTrend {
  /** Days with a reading. */
  days: number;
  /** Rises of {@link REPLACEMENT_RISE_PERCENT} or more in the whole history. */
  rises: number;
  lastAt: Date;
  /** The readings' centre: a time, and percent. */
  centreAt: Date;
  centrePercent: number;
  /** Percent a day; `null` with a single reading. */
  slopePerDay: number | null;
  /** Sum of the squared distances from the centre, days². */
  spreadDays2: number;
  /** Sum of the squared distances from the line, percent². */
  residualPercent2: number;
}

export type BatteryUnknown = "too_few_days" | "noisy" | "charging" | "silent";

/** When a battery falls below the threshold. `null` = not within a year, or the end of the range is open. */
export interface BatteryEstimate {
  earliestAt: Date | null;
  latestAt: Date | null;
  /** Why nothing can be said; `null` when something can. */
  reason: BatteryUnknown | null;
}

/**
 * The days between which a battery falls below a threshold, with 95 % confidence as far as its readings lie on a line:
 * where the line's prediction band meets the threshold.
 * @param trend `undefined` = no readings
 * @param threshold percent
 */
export function estimateBattery(trend: BatteryTrend | undefined, threshold: number, now: Date): BatteryEstimate {
  const unknown = (reason: BatteryUnknown): BatteryEstimate => ({ earliestAt: null, latestAt: null, reason });
  if (!trend) return unknown("too_few_days");
  if (now.getTime() - trend.lastAt.getTime() > SILENT_DAYS * DAY_MS) return unknown("silent");
  if (trend.rises >= CHARGING_RISES) return unknown("charging");
  const { days, slopePerDay: slope, spreadDays2 } = trend;
  if (days < MIN_DAYS || slope === null || spreadDays2 <= 0) return unknown("too_few_days");
  const freedom = days - 2;
  const scatter2 = Math.max(trend.residualPercent2 / freedom, GAUGE_ERROR_PERCENT ** 2);
  const band2 = studentT(freedom) ** 2 * scatter2;
  if (slope - Math.sqrt(band2 / spreadDays2) > CHARGING_SLOPE) return unknown("charging");

  const above = trend.centrePercent - threshold;
  const today = (now.getTime() - trend.centreAt.getTime()) / DAY_MS;
  const lineAt = (day: number) => above + slope * day;
  const bandAt = (day: number) => Math.sqrt(band2 * (1 + 1 / days + day ** 2 / spreadDays2));
  // Both edges of the band meet the threshold where (above + slope·d)² = band²: on which edge, the line's sign tells.
  const meetings = rootsOf(slope ** 2 - band2 / spreadDays2, 2 * slope * above, above ** 2 - band2 * (1 + 1 / days));
  const firstAfterToday = (isOnEdge: (day: number) => boolean) => Math.min(...meetings.filter((day) => day > today && isOnEdge(day)));
  const earliest = lineAt(today) <= bandAt(today) ? today : firstAfterToday((day) => lineAt(day) >= 0);
  const latest = lineAt(today) <= -bandAt(today) ? today : firstAfterToday((day) => lineAt(day) <= 0);

  const inDays = earliest - today;
  if (inDays <= BATTERY_HORIZON_DAYS && latest - earliest > WIDEST_RANGE_DAYS) return unknown("noisy");
  const dateOf = (day: number) => (day - today > FURTHEST_DAYS ? null : new Date(now.getTime() + (day - today) * DAY_MS));
  return { earliestAt: dateOf(earliest), latestAt: dateOf(latest), reason: null };
}

/** Real solutions of a·x² + b·x + c = 0. */
function rootsOf(a: number, b: number, c: number): number[] {
  if (Math.abs(a) < 1e-12) return Math.abs(b) < 1e-12 ? [] : [-c / b];
  const discriminant = b ** 2 - 4 * a * c;
  if (discriminant < 0) return [];
  const root = Math.sqrt(discriminant);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

/** Two-sided 95 % quantile of Student's distribution, by its expansion around the normal one; 1 % off at most from 4 degrees on. */
function studentT(freedom: number): number {
  return 1.96 + 2.372 / freedom + 2.823 / freedom ** 2;
}

export type BatteryOutlook =
  /** Below its threshold already. */
  | { kind: "low"; percent: number }
  /** Falls below it between these days. */
  | { kind: "due"; earliestAt: Date; latestAt: Date | null }
  | { kind: "not_soon"; earliestAt: Date | null }
  | { kind: "unknown"; reason: BatteryUnknown | "mains" | "not_looked_at" };

export interface BatteryFacts {
  powerSource: PowerSource;
  /** Percent, as last reported. */
  batteryLevel: number | null;
  /** The device's own, percent. */
  lowBatteryThreshold: number;
}

/**
 * What to say of a device's battery.
 * @param estimate `undefined` = nobody has estimated it yet
 */
export function batteryOutlook(facts: BatteryFacts, estimate: BatteryEstimate | undefined, now: Date): BatteryOutlook {
  const { powerSource, batteryLevel, lowBatteryThreshold } = facts;
  if (powerSource === "mains" || powerSource === "poe") return { kind: "unknown", reason: "mains" };
  if (batteryLevel !== null && batteryLevel < lowBatteryThreshold) return { kind: "low", percent: batteryLevel };
  if (powerSource === "solar") return { kind: "unknown", reason: "charging" };
  if (!estimate) return { kind: "unknown", reason: "not_looked_at" };
  if (estimate.reason) return { kind: "unknown", reason: estimate.reason };
  const { earliestAt, latestAt } = estimate;
  const horizonMs = now.getTime() + BATTERY_HORIZON_DAYS * DAY_MS;
  return earliestAt && earliestAt.getTime() <= horizonMs ? { kind: "due", earliestAt, latestAt } : { kind: "not_soon", earliestAt };
}
