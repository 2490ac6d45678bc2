import type { BatteryOutlook } from "@/server/domain/health/battery-outlook";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const DAY_WITH_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Days are told in UTC: the range is wider than any zone. */
function day(at: Date, now: Date): string {
  return (at.getUTCFullYear() === now.getUTCFullYear() ? DAY : DAY_WITH_YEAR).format(at);
}

/** When, in a few words: "3 Dec – 9 Dec". */
export function batteryRange(outlook: BatteryOutlook, now: Date): string {
  if (outlook.kind === "low") return "now";
  if (outlook.kind !== "due") return outlook.kind === "not_soon" ? "not within 30 days" : "cannot say";
  const { earliestAt, latestAt } = outlook;
  const from = earliestAt <= now ? "any day" : day(earliestAt, now);
  if (!latestAt) return `${from} or later`;
  const until = day(latestAt <= now ? now : latestAt, now);
  return from === until ? from : `${from} – ${until}`;
}

const UNKNOWN_REASONS: Record<Extract<BatteryOutlook, { kind: "unknown" }>["reason"], string> = {
  too_few_days: "Cannot say yet: fewer than 7 days with a reading since its last battery.",
  noisy: "Cannot say: its readings vary too much, or it hardly drains and stands just above its threshold.",
  charging: "Cannot say: it is charged again and again.",
  silent: "Cannot say: no reading for a week.",
  mains: "Needs no battery: it does not run on one.",
  not_looked_at: "Cannot say yet: it is estimated within the next day.",
};

export const UNKNOWN_LABELS: Record<keyof typeof UNKNOWN_REASONS, string> = {
  too_few_days: "too few days",
  noisy: "readings vary too much",
  charging: "charging",
  silent: "no reading for a week",
  mains: "on mains",
  not_looked_at: "not estimated yet",
};

/** What is to be said of a device's battery, in a sentence. @param threshold percent */
export function describeBattery(outlook: BatteryOutlook, threshold: number, now: Date): string {
  switch (outlook.kind) {
    case "low":
      return `At ${Math.round(outlook.percent)} % it is below its threshold of ${threshold} %: it needs a battery now.`;
    case "due": {
      const { earliestAt, latestAt } = outlook;
      if (!latestAt) return `Falls below ${threshold} % from ${day(earliestAt, now)} on; until when cannot be said.`;
      return earliestAt <= now
        ? `Falls below ${threshold} % any day now, by ${day(latestAt <= now ? now : latestAt, now)} at the latest.`
        : `Falls below ${threshold} % between ${day(earliestAt, now)} and ${day(latestAt, now)}.`;
    }
    case "not_soon":
      return outlook.earliestAt
        ? `Does not fall below ${threshold} % before ${day(outlook.earliestAt, now)}.`
        : `Does not fall below ${threshold} % within a year.`;
    case "unknown":
      return UNKNOWN_REASONS[outlook.reason];
  }
}
