import { z } from "zod";
import { deviceFilterSchema } from "../devices/list-schema";
import { optionalLine, requiredLine } from "../text";
import { BULK_ITEM_STATES } from "./vocabulary";

const tagIds = z.array(z.uuid()).min(1, "Choose at least one tag").max(50);
const notNeeded = z.object({}).default({});

/** What to do, with what each kind needs to know. */
export const bulkActionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("set_group"), params: z.object({ groupId: z.uuid().nullable() }) }),
  z.object({ kind: z.literal("add_tags"), params: z.object({ tagIds }) }),
  z.object({ kind: z.literal("remove_tags"), params: z.object({ tagIds }) }),
  z.object({ kind: z.literal("start_maintenance"), params: z.object({ notes: optionalLine(500) }) }),
  z.object({ kind: z.literal("end_maintenance"), params: notNeeded }),
  z.object({
    kind: z.literal("restart"),
    params: z
      .object({ force: z.boolean().default(false), reason: optionalLine(300) })
      .refine(({ force, reason }) => !force || reason, { path: ["reason"], error: "Say why it cannot wait" }),
  }),
  z.object({ kind: z.literal("diagnostic"), params: notNeeded }),
  z.object({
    kind: z.literal("rotate_credentials"),
    params: z.object({
      overlapHours: z
        .number()
        .int()
        .min(0)
        .max(24 * 7)
        .default(24),
    }),
  }),
  z.object({ kind: z.literal("decommission"), params: z.object({ reason: requiredLine(300, "Say why, for the record") }) }),
]);
export type BulkActionInput = z.output<typeof bulkActionSchema>;

/** Which devices: those that match, but for some. Chosen one by one, they are a filter by ID. */
const target = z.object({ filter: deviceFilterSchema, except: z.array(z.string().max(20)).max(10_000).default([]) });

export const previewBulkSchema = z.object({ action: bulkActionSchema, target });

export const startBulkSchema = previewBulkSchema.extend({
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
  /** How many devices the preview said would change; when it is no longer so, nothing is done. */
  expected: z.number().int().min(1),
});

export const bulkIdSchema = z.object({ id: z.uuid() });

export const bulkItemsSchema = z.object({
  id: z.uuid(),
  states: z.array(z.enum(BULK_ITEM_STATES)).default([]),
  /** Device ID after which the page begins. */
  cursor: z.string().max(20).nullish(),
  limit: z.number().int().min(1).max(500).default(100),
});
