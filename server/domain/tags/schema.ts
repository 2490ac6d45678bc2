import { z } from "zod";
import { colorSchema } from "../color";
import { requiredLine } from "../text";

/** A word on devices of any farm (specification Task 1.3). Two tags whose names differ in case only are one. */
export const createTagSchema = z.object({ name: requiredLine(40, "Name is required"), color: colorSchema.default(0) });

export const updateTagSchema = createTagSchema.extend({ id: z.uuid(), color: colorSchema });

export const tagIdSchema = z.object({ id: z.uuid() });

/** The devices of the sources get the target instead, and the sources are gone. */
export const mergeTagsSchema = z
  .object({ sourceIds: z.array(z.uuid()).min(1, "Choose at least one tag").max(100), targetId: z.uuid("Choose the tag that stays") })
  .refine(({ sourceIds, targetId }) => !sourceIds.includes(targetId), { path: ["targetId"], error: "A tag cannot be merged into itself" });

/** The tags of one device. */
export const deviceTagIdsSchema = z
  .array(z.uuid())
  .max(30, "At most 30 tags")
  .transform((ids) => [...new Set(ids)]);
