import { z } from "zod";

export const ACTOR_KINDS = ["user", "api_key", "device", "system"] as const;

const MAX_CHOICES = 100;
const name = z.string().regex(/^[a-z_]{1,40}$/, "A type as the list shows it, for example device");

/** Which audit events: everything left out is no condition. Days are UTC, both included. */
export const auditFilterSchema = z.object({
  from: z.iso.date("A day, for example 2026-11-30").nullish(),
  to: z.iso.date("A day, for example 2026-11-30").nullish(),
  actorKinds: z.array(z.enum(ACTOR_KINDS)).max(MAX_CHOICES).default([]),
  subjectTypes: z.array(name).max(MAX_CHOICES).default([]),
  farmIds: z.array(z.uuid()).max(MAX_CHOICES).default([]),
  /** Found in who, what, which thing, the request, and what it was before and after. */
  search: z
    .string()
    .max(200, "At most 200 characters")
    .refine((value) => !value.includes("\u0000"), "Contains characters that cannot be searched for")
    .default(""),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

export const listAuditSchema = auditFilterSchema.extend({
  cursor: z.string().max(300).nullish(),
  pageSize: z.number().int().min(1).max(200).default(50),
});
