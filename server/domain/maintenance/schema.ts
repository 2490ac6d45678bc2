import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { DEVICE_TYPES } from "../devices/device-type";
import { lineOfText, optionalLine, optionalText, requiredLine } from "../text";
import { MAX_ATTACHMENT_BYTES } from "./attachment";
import { daysBetween, isCalendarDay } from "./calendar-day";
import { MAX_INTERVAL_DAYS } from "./calibration";
import { DUE_KINDS, MAINTENANCE_TYPES } from "./maintenance-type";

const MAX_COST = 99_999_999.99;
/** A quarter: more than anybody prints at once. */
const MAX_DUE_DAYS = 92;

const calendarDaySchema = z.string().trim().refine(isCalendarDay, "Choose a day between the years 2000 and 2100");

const optionalDay = z
  .union([z.literal("").transform(() => null), calendarDaySchema])
  .nullish()
  .transform((value) => value ?? null);

/** Like {@link optionalDay}, but left out is `undefined`: as it was. */
const changedDay = z.union([z.literal("").transform(() => null), z.null(), calendarDaySchema]).optional();

const version = z.number().int().positive();

const workFields = z.object({
  type: z.enum(MAINTENANCE_TYPES, "Choose what kind of work it is"),
  /** Empty = the kind of work says it. */
  title: optionalLine(120),
  technician: optionalLine(100),
  notes: optionalText(2000),
});

const finishedFields = z.object({
  doneOn: calendarDaySchema,
  parts: optionalLine(300),
  cost: z
    .number("Enter an amount")
    .min(0, "Cannot be negative")
    .max(MAX_COST, "Too much for one record")
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-4, "At most two decimals")
    .nullish()
    .transform((value) => value ?? null),
  /** ISO 4217 */
  currency: z
    .union([
      z.literal("").transform(() => null),
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/, "Three letters, for example EUR"),
    ])
    .nullish()
    .transform((value) => value ?? null),
  /** Calibration only. */
  certificate: optionalLine(120),
  deviation: optionalLine(120),
});

const costHasCurrency = {
  check: (value: { cost: number | null; currency: string | null }) => value.cost === null || value.currency !== null,
  params: { path: ["currency"], error: "Say in which currency, for example EUR" },
};

/** Work to be done on a day to come. */
export const planRecordSchema = workFields.extend({ deviceId: deviceIdSchema, plannedFor: calendarDaySchema });

/** Work that was done without having been planned. `nextMaintenanceDate` left out = as it was, `null` = none. */
export const recordDoneSchema = workFields
  .extend({ deviceId: deviceIdSchema, ...finishedFields.shape, nextMaintenanceDate: changedDay })
  .refine(costHasCurrency.check, costHasCurrency.params);

/** Planned work is finished. */
export const completeRecordSchema = workFields
  .omit({ type: true })
  .extend({ recordId: z.uuid(), version, ...finishedFields.shape, nextMaintenanceDate: changedDay })
  .refine(costHasCurrency.check, costHasCurrency.params);

/** Corrects a record: of planned work its day, of finished work everything else. */
export const editRecordSchema = workFields
  .omit({ type: true })
  .extend({ recordId: z.uuid(), version, plannedFor: optionalDay, ...finishedFields.extend({ doneOn: optionalDay }).shape })
  .refine(costHasCurrency.check, costHasCurrency.params);

export const cancelRecordSchema = z.object({ recordId: z.uuid(), version, reason: optionalLine(300) });

export const setMaintenanceDatesSchema = z.object({
  deviceId: deviceIdSchema,
  version,
  nextMaintenanceDate: optionalDay,
  /** The device's own; `null` = its model's or type's. */
  calibrationIntervalDays: z
    .number("Enter a number of days")
    .int("Whole days")
    .min(1, "At least one day")
    .max(MAX_INTERVAL_DAYS, "At most ten years")
    .nullish()
    .transform((value) => value ?? null),
});

export const listDueSchema = z
  .object({
    farmIds: z.array(z.uuid()).max(100).default([]),
    types: z.array(z.enum(DEVICE_TYPES)).default([]),
    kinds: z.array(z.enum(DUE_KINDS)).default([]),
    from: calendarDaySchema,
    to: calendarDaySchema,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], error: "Ends before it begins" })
  .refine(({ from, to }) => daysBetween(from, to) <= MAX_DUE_DAYS, { path: ["to"], error: "At most three months at once" });

export const setIntervalSchema = z.object({
  deviceType: z.enum(DEVICE_TYPES, "Choose a device type"),
  /** Empty = every model of the type. */
  model: lineOfText(100).default(""),
  days: z.number("Enter a number of days").int("Whole days").min(1, "At least one day").max(MAX_INTERVAL_DAYS, "At most ten years"),
});

/** One picture as it travels: base64, because small pictures fit into a request beside everything else. */
export const addAttachmentSchema = z.object({
  recordId: z.uuid(),
  name: requiredLine(120, "The picture needs a file name"),
  content: z
    .base64("Expected the picture in base64")
    .min(1, "The picture is empty")
    .max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4, "A picture may have at most 512 KB"),
});

export const deleteAttachmentSchema = z.object({ recordId: z.uuid(), attachmentId: z.uuid() });
