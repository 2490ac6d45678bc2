import { z } from "zod";
import { optionalLine } from "../text";
import { DEVICE_TYPES } from "./device-type";
import { provisionDeviceSchema } from "./schema";

/** What reserved IDs are for: labels printed before the devices come, or devices registered without a network. */
export const ID_BLOCK_PURPOSES = ["labels", "offline"] as const;
export type IdBlockPurpose = (typeof ID_BLOCK_PURPOSES)[number];

/** IDs reserved at once. */
export const MAX_IDS_A_BLOCK = 500;
/** Reserved and not yet used, on one farm and of one type: numbers are shared by all farms. */
export const MAX_UNUSED_IDS = 2_000;

export const reserveIdsSchema = z.object({
  farmId: z.uuid("Choose a farm"),
  type: z.enum(DEVICE_TYPES, "Choose a device type"),
  count: z.number("Enter a number").int("Enter a whole number").min(1, "At least 1").max(MAX_IDS_A_BLOCK, `At most ${MAX_IDS_A_BLOCK}`),
  purpose: z.enum(ID_BLOCK_PURPOSES),
  /** Where the labels lie, which tablet. */
  note: optionalLine(200),
  /** Makes a repeated click harmless. */
  requestKey: provisionDeviceSchema.shape.requestKey,
});

export const listIdBlocksSchema = z.object({
  /** Empty = every farm of the caller. */
  farmIds: z.array(z.uuid()).max(100).default([]),
  purposes: z.array(z.enum(ID_BLOCK_PURPOSES)).default([]),
  /** Only what the caller reserved. */
  mine: z.boolean().default(false),
});

export const idBlockSchema = z.object({ blockId: z.uuid() });
