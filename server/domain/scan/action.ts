import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { deviceInputSchema } from "../devices/schema";
import { MAX_ATTACHMENT_BYTES } from "../maintenance/attachment";
import { isCalendarDay } from "../maintenance/calendar-day";
import { optionalLine, optionalText } from "../text";

/** More on one device than anybody looks at. */
export const MAX_DEVICE_PHOTOS = 6;

const common = {
  /** Made by the browser when it was done: a repeat with the same id does nothing and gets the same answer. */
  id: z.uuid("Every action needs an id of its own"),
  /** Who did it, so that nobody sends what another person did on the same tablet; left out = the caller. */
  ownerId: z.uuid().optional(),
  deviceId: deviceIdSchema,
  /** By the clock of the tablet. */
  doneAt: z.iso.datetime("Expected a time, for example 2026-03-01T08:30:00Z"),
};

const day = z.string().refine(isCalendarDay, "Choose a day between the years 2000 and 2100");

/** What can be done in the field, now or later: each says what it was based on, so that a change of others shows. */
export const fieldActionSchema = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("set_location"),
    location: optionalLine(200),
    /** Where the device was for whoever moved it. */
    base: optionalLine(200),
  }),
  z.object({ ...common, kind: z.literal("set_maintenance"), maintenance: z.boolean(), notes: optionalLine(500) }),
  z.object({
    ...common,
    kind: z.literal("complete_work"),
    recordId: z.uuid(),
    /** Of the record when it was read. */
    base: z.number().int().positive(),
    doneOn: day,
    notes: optionalText(2000),
  }),
  z.object({
    ...common,
    kind: z.literal("add_photo"),
    content: z
      .base64("Expected the picture in base64")
      .min(1, "The picture is empty")
      .max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4, "A picture may have at most 512 KB"),
  }),
  z.object({ ...common, kind: z.literal("run_diagnostic") }),
  z.object({
    ...common,
    kind: z.literal("register"),
    device: deviceInputSchema.omit({ deviceId: true, groupId: true }),
  }),
]);

export type FieldAction = z.output<typeof fieldActionSchema>;
export type FieldActionInput = z.input<typeof fieldActionSchema>;

/** Who or what is wanted: exactly one of the three. */
export const findScannedSchema = z
  .object({ deviceId: deviceIdSchema.optional(), serialNumber: z.string().max(100).optional(), macAddress: z.string().max(17).optional() })
  .refine(
    (by) => Object.values(by).filter((value) => value !== undefined).length === 1,
    "Name a device ID, a serial number or a MAC address",
  );

export const fieldPackSchema = z.object({
  /** Empty = all farms of the caller. */
  farmId: z.uuid().nullish(),
  /** `nextCursor` of the page before. */
  cursor: deviceIdSchema.nullish(),
});
