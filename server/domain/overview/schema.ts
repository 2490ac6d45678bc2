import { z } from "zod";

/** Days that the overview's charts look back. */
export const OVERVIEW_SPANS = ["7d", "30d", "90d"] as const;
export type OverviewSpan = (typeof OVERVIEW_SPANS)[number];

/** What one point of the fleet's history stands for, and how many there are. */
export const SPAN_FACTS: Record<OverviewSpan, { label: string; days: number; step: "hour" | "day"; points: number }> = {
  "7d": { label: "7 days", days: 7, step: "hour", points: 168 },
  "30d": { label: "30 days", days: 30, step: "day", points: 30 },
  "90d": { label: "90 days", days: 90, step: "day", points: 90 },
};

/** All the caller's farms, or one of them. */
export const overviewFarmSchema = z.object({ farmId: z.uuid().optional() });

export const overviewSpanSchema = overviewFarmSchema.extend({ span: z.enum(OVERVIEW_SPANS).default("30d") });

export const attentionQueueSchema = overviewFarmSchema.extend({
  limit: z.number().int().min(1).max(100).default(10),
  /** Only what is critical: outages and critical alerts. */
  criticalOnly: z.boolean().default(false),
});

/** Those who need a battery soon, or those of whom nothing can be said. */
export const BATTERY_VIEWS = ["due", "unknown"] as const;
export type BatteryView = (typeof BATTERY_VIEWS)[number];

export const batteryListSchema = overviewFarmSchema.extend({
  view: z.enum(BATTERY_VIEWS).default("due"),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  pageSize: z.number().int().min(1).max(200).default(100),
});
