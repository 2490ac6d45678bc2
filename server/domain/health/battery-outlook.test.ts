import { describe, expect, test } from "vitest";
import { batteryOutlook, estimateBattery, type BatteryTrend } from "./battery-outlook";

const DAY = 86_400_000;
const NOW = new Date("2026-06-01T12:00:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
const daysUntil = (at: Date | null) => (at ? Math.round((at.getTime() - NOW.getTime()) / DAY) : null);

/** The least-squares line through one reading a day up to today. */
function trendOf(levels: readonly number[], overrides: Partial<BatteryTrend> = {}): BatteryTrend {
  const days = levels.map((_, index) => index - levels.length + 1);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreDay, centrePercent] = [mean(days), mean(levels)];
  const sum = (term: (day: number, level: number) => number) =>
    days.reduce((total, day, index) => total + term(day - centreDay, (levels[index] ?? 0) - centrePercent), 0);
  const [xx, xy, yy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_, y) => y * y)];
  return {
    days: levels.length,
    rises: 0,
    lastAt: NOW,
    centreAt: inDays(centreDay),
    centrePercent,
    slopePerDay: levels.length > 1 ? xy / xx : null,
    spreadDays2: xx,
    residualPercent2: levels.length > 1 ? Math.max(0, yy - (xy * xy) / xx) : 0,
    ...overrides,
  };
}

const line = (days: number, today: number, slope: number, scatter = 0) =>
  Array.from({ length: days }, (_, index) => today + slope * (index - days + 1) + (index % 2 === 0 ? scatter : -scatter));

describe("the estimate", () => {
  // The line itself says day 20; the band around it says between when.
  test.each([
    ["30 days on a line", line(30, 40, -1), 18, 23],
    ["60 days on a line", line(60, 40, -1), 18, 22],
    ["7 days on a line: less sure", line(7, 40, -1), 12, 42],
    ["30 days with scatter: less sure", line(30, 40, -1, 4), 10, 31],
    ["a steep line", line(10, 40, -4), 4, 6],
    ["falls below within a month", line(60, 35, -0.5), 26, 34],
  ])("%s", (_, levels, earliest, latest) => {
    const estimate = estimateBattery(trendOf(levels), 20, NOW);
    expect(estimate.reason).toBeNull();
    expect([daysUntil(estimate.earliestAt), daysUntil(estimate.latestAt)]).toEqual([earliest, latest]);
  });

  test("the range holds the day on which the line itself meets the threshold, whatever the slope", () => {
    for (const slope of [-0.3, -0.5, -1, -2, -5]) {
      const { earliestAt, latestAt } = estimateBattery(trendOf(line(60, 50, slope, 1)), 20, NOW);
      const day = 30 / -slope;
      expect(daysUntil(earliestAt)).toBeLessThanOrEqual(day);
      expect(daysUntil(latestAt)).toBeGreaterThanOrEqual(day);
    }
  });

  test("the device's own threshold decides", () => {
    const trend = trendOf(line(30, 40, -1));
    expect(daysUntil(estimateBattery(trend, 35, NOW).earliestAt)).toBe(3);
    expect(daysUntil(estimateBattery(trend, 10, NOW).earliestAt)).toBe(27);
  });

  test("a line below the threshold is due now", () => {
    const { earliestAt, latestAt } = estimateBattery(trendOf(line(30, 12, -1)), 20, NOW);
    expect([daysUntil(earliestAt), daysUntil(latestAt)]).toEqual([0, 0]);
  });

  test.each([
    ["full and flat", line(60, 95, 0)],
    ["full, falling by a point in a month", line(60, 95, -1 / 30)],
    ["noisy, but full", line(60, 90, 0, 5)],
  ])("not within a year: %s", (_, levels) => {
    expect(estimateBattery(trendOf(levels), 20, NOW)).toEqual({ earliestAt: null, latestAt: null, reason: null });
  });

  test.each([
    ["no readings", undefined, "too_few_days"],
    ["a single day", trendOf([50]), "too_few_days"],
    ["six days", trendOf(line(6, 40, -1)), "too_few_days"],
    ["a week old", trendOf(line(30, 40, -1), { lastAt: inDays(-7.1) }), "silent"],
    ["rises day by day", trendOf(line(30, 60, 1)), "charging"],
    ["rose three times", trendOf(line(30, 40, -1), { rises: 3 }), "charging"],
    ["all over the place", trendOf(line(30, 35, -0.2, 20)), "noisy"],
    ["flat, just above the threshold", trendOf(line(30, 21, 0)), "noisy"],
  ] as const)("nothing can be said: %s", (_, trend, reason) => {
    expect(estimateBattery(trend, 20, NOW)).toEqual({ earliestAt: null, latestAt: null, reason });
  });

  test("two rises are replacements, a week old is not silent", () => {
    expect(estimateBattery(trendOf(line(30, 40, -1), { rises: 2, lastAt: inDays(-7) }), 20, NOW).reason).toBeNull();
  });
});

describe("what is said of it", () => {
  const facts = { powerSource: "battery", batteryLevel: 50, lowBatteryThreshold: 20 } as const;
  const estimate = (earliest: number | null, latest: number | null) => ({
    earliestAt: earliest === null ? null : inDays(earliest),
    latestAt: latest === null ? null : inDays(latest),
    reason: null,
  });
  test.each([
    ["mains", { ...facts, powerSource: "mains" }, estimate(1, 2), { kind: "unknown", reason: "mains" }],
    ["power over Ethernet", { ...facts, powerSource: "poe" }, undefined, { kind: "unknown", reason: "mains" }],
    ["solar", { ...facts, powerSource: "solar" }, undefined, { kind: "unknown", reason: "charging" }],
    ["solar, but low", { ...facts, powerSource: "solar", batteryLevel: 5 }, undefined, { kind: "low", percent: 5 }],
    ["at 0 %", { ...facts, batteryLevel: 0 }, undefined, { kind: "low", percent: 0 }],
    ["at the threshold", { ...facts, batteryLevel: 20 }, undefined, { kind: "unknown", reason: "not_looked_at" }],
    ["low wins over the estimate", { ...facts, batteryLevel: 19.9 }, estimate(null, null), { kind: "low", percent: 19.9 }],
    ["nobody looked", facts, undefined, { kind: "unknown", reason: "not_looked_at" }],
    ["no reading now", { ...facts, batteryLevel: null }, estimate(3, 9), { kind: "due", earliestAt: inDays(3), latestAt: inDays(9) }],
    ["noisy", facts, { earliestAt: null, latestAt: null, reason: "noisy" }, { kind: "unknown", reason: "noisy" }],
    ["on the 30th day", facts, estimate(30, 50), { kind: "due", earliestAt: inDays(30), latestAt: inDays(50) }],
    ["after the 30th day", facts, estimate(30.001, 50), { kind: "not_soon", earliestAt: inDays(30.001) }],
    ["not within a year", facts, estimate(null, null), { kind: "not_soon", earliestAt: null }],
    ["its day has come, the reading not", facts, estimate(-2, 4), { kind: "due", earliestAt: inDays(-2), latestAt: inDays(4) }],
  ] as const)("%s", (_, given, known, expected) => {
    expect(batteryOutlook(given, known, NOW)).toEqual(expected);
  });
});
