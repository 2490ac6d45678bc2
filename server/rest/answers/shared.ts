import { z } from "zod";

/** A moment, in UTC: `2026-03-10T22:00:00.000Z`. */
export const instant = z
  .date()
  .transform((at) => at.toISOString())
  .pipe(z.iso.datetime());
export const maybeInstant = instant.nullable();

export const nextCursor = z.string().nullable().meta({ description: "`cursor` of the next page; `null` on the last." });
export const named = z.object({ id: z.uuid(), name: z.string() });
export const farmRef = z.object({ id: z.uuid(), code: z.string(), name: z.string() });
export const counts = z.record(z.string(), z.number().int());
