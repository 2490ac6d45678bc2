import { z } from "zod";
import { deviceFilterSchema } from "../devices/list-schema";
import { stockOf, type LabelStock } from "./stock";
import { LABEL_TEMPLATES, MAX_COPIES, MAX_LABELS, MAX_OFFSET_MM, PRINTER_DPIS } from "./vocabulary";

/**
 * Which devices get labels. A new kind of source needs its branch here and in `server/services/labels/label-source.ts`:
 * whatever names devices is turned there into one condition on the device table, or into a list of reserved IDs.
 */
export const labelSourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("devices"), deviceIds: z.array(z.string().max(20)).min(1, "Name at least one device").max(MAX_LABELS) }),
  z.object({ kind: z.literal("filter"), filter: deviceFilterSchema, except: z.array(z.string().max(20)).max(10_000).default([]) }),
  z.object({ kind: z.literal("group"), groupId: z.uuid() }),
  /** IDs that were reserved and may not belong to a device yet. */
  z.object({ kind: z.literal("block"), blockId: z.uuid() }),
  /** What an import registered. */
  z.object({ kind: z.literal("import"), importId: z.uuid() }),
  /** The same labels as another time. */
  z.object({ kind: z.literal("reprint"), printId: z.uuid() }),
]);
export type LabelSource = z.output<typeof labelSourceSchema>;

export const listLabelsSchema = z.object({ source: labelSourceSchema });

const stock = z.string().transform((id, context): LabelStock => {
  const found = stockOf(id);
  if (found) return found;
  context.addIssue("There is no such label stock");
  return z.NEVER;
});

const offsetMm = z.number().min(-MAX_OFFSET_MM).max(MAX_OFFSET_MM).default(0);

/** What is printed on what, and how it is laid out. */
export const labelJobSchema = z.object({
  source: labelSourceSchema,
  stock,
  template: z.enum(LABEL_TEMPLATES),
  /** A second code where the label has room for it: of two, one stays clean. */
  secondCode: z.boolean().default(true),
  /** Labels for each device. */
  copies: z.number().int().min(1).max(MAX_COPIES).default(1),
  /** First label of the first sheet that is still there, from 1. */
  startAt: z.number().int().min(1).max(100).default(1),
  offsetXMm: offsetMm,
  offsetYMm: offsetMm,
  /** Draws each label's edge, to hold the print against the sheet. */
  outlines: z.boolean().default(false),
  dpi: z.literal(PRINTER_DPIS).default(203),
});
export type LabelJob = z.output<typeof labelJobSchema>;

export const labelFileSchema = labelJobSchema.extend({ format: z.enum(["pdf", "zpl"]) });

export const listPrintsSchema = z.object({
  /** Empty = every farm of the caller. */
  farmIds: z.array(z.uuid()).max(100).default([]),
  /** Only what had a label of this device. */
  deviceId: z.string().max(20).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
