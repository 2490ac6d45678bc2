import { z } from "zod";
import { colorSchema } from "../color";
import { DEVICE_TYPES } from "../devices/device-type";
import { optionalLine, requiredLine } from "../text";

const wholeNumber = (what: string, min: number, max: number) => {
  const message = `${what} from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;
  return z.number(message).int(message).min(min, message).max(max, message);
};

/** What people enter about a group (specification Task 1.3). */
const groupSchema = z.object({
  name: requiredLine(80, "Name is required"),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{1,31}$/, "Two to 32 letters, digits or dashes, for example NORD-PARLOUR"),
  description: optionalLine(500),
  /** `null` = spans farms; only admins make such groups. */
  farmId: z.uuid("Choose a farm").nullable(),
  /** Only devices of this type may join; `null` = all types. */
  deviceType: z
    .enum(DEVICE_TYPES, "Choose a device type")
    .nullish()
    .transform((value) => value ?? null),
  color: colorSchema.default(0),
  /** Order among the groups beside it, the smaller first; left out = last when created, unchanged when edited. */
  sequence: wholeNumber("A whole number", 0, 1_000_000).optional(),
  healthCheckIntervalSeconds: wholeNumber("A whole number of seconds", 10, 86_400).default(60),
  /** So many offline devices raise one group alert. */
  offlineAlertThreshold: wholeNumber("A whole number", 1, 10_000).default(1),
});

export const createGroupSchema = groupSchema.extend({
  parentId: z
    .uuid()
    .nullish()
    .transform((value) => value ?? null),
});

/** `updatedAt` as it was read: an edit that somebody else has overtaken is refused. */
export const updateGroupSchema = groupSchema.extend({ id: z.uuid(), updatedAt: z.date() });

/** Puts a group under another one (`null` = top level), before one of the groups there or last. */
export const moveGroupSchema = z.object({ id: z.uuid(), parentId: z.uuid().nullable(), beforeId: z.uuid().nullable().default(null) });

export const setGroupActiveSchema = z.object({ id: z.uuid(), active: z.boolean() });

export const groupIdSchema = z.object({ id: z.uuid() });

/** Without archived groups unless asked for; `farmId` narrows to one farm and what spans farms. */
export const listGroupsSchema = z.object({ farmId: z.uuid().optional(), archived: z.boolean().default(false) });
