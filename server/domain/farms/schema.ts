import { z } from "zod";
import { optionalLine, requiredLine } from "../text";

const MINUTES_A_DAY = 24 * 60;

/** Whether this runtime knows the zone: the same test in the browser and on the server. */
export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export const milkingSessionSchema = z
  .object({
    name: requiredLine(60, "Give the session a name, for example Morning"),
    /** ISO weekdays, 1 = Monday. */
    weekdays: z
      .array(z.number().int().min(1).max(7))
      .min(1, "Choose at least one day")
      .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
    /** Minutes after local midnight. */
    startMinute: z
      .number()
      .int()
      .min(0)
      .max(MINUTES_A_DAY - 1),
    endMinute: z
      .number()
      .int()
      .min(0)
      .max(MINUTES_A_DAY - 1),
  })
  .refine((session) => session.startMinute !== session.endMinute, { path: ["endMinute"], error: "Must differ from the start" });

export const createFarmSchema = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/, "Two to 16 letters, digits or dashes, for example NORD"),
  name: requiredLine(120, "Name is required"),
  timeZone: z.string().refine(isTimeZone, "Choose an IANA time zone, for example Europe/Berlin"),
  address: optionalLine(300),
  latitude: z
    .number()
    .min(-90)
    .max(90)
    .nullish()
    .transform((value) => value ?? null),
  longitude: z
    .number()
    .min(-180)
    .max(180)
    .nullish()
    .transform((value) => value ?? null),
  milkingSessions: z.array(milkingSessionSchema).max(20).default([]),
  /** Until then rollouts hold the farm's devices: a fair, a sick herd, a technician on site. */
  freezeUntil: z
    .date("Choose a day and a time")
    .max(new Date("2100-01-01T00:00:00Z"), "Choose a day in this century")
    .nullish()
    .transform((value) => value ?? null),
  freezeReason: optionalLine(200),
});

export const updateFarmSchema = createFarmSchema.extend({ id: z.uuid(), version: z.number().int().positive() });
