import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";

/** Spans that the history is drawn over. */
export const HISTORY_RANGES = ["24h", "7d", "90d"] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

/** What one point of a span stands for, and how many there are. */
export const HISTORY_STEPS: Record<HistoryRange, { label: string; step: "hour" | "day"; points: number }> = {
  "24h": { label: "24 hours", step: "hour", points: 24 },
  "7d": { label: "7 days", step: "hour", points: 168 },
  "90d": { label: "90 days", step: "day", points: 90 },
};

export const healthHistorySchema = z.object({ deviceId: deviceIdSchema, range: z.enum(HISTORY_RANGES).default("24h") });
