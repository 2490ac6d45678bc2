import type { Prisma } from "@/server/db/generated/client";
import { dayOf } from "@/server/domain/maintenance/calendar-day";

/** Everything of a record but the pictures themselves. */
export const RECORD_INCLUDE = {
  attachments: { select: { id: true, name: true, sizeBytes: true }, orderBy: { id: "asc" } },
} satisfies Prisma.MaintenanceRecordInclude;

export type RecordView = ReturnType<typeof toRecordView>;

/** Days travel as text (`2026-03-29`): they belong to the farm's calendar and have no time zone. */
export function toRecordView(row: Prisma.MaintenanceRecordGetPayload<{ include: typeof RECORD_INCLUDE }>) {
  return {
    id: row.id,
    type: row.type,
    status: row.status,
    title: row.title,
    plannedFor: row.plannedFor && dayOf(row.plannedFor),
    doneOn: row.doneOn && dayOf(row.doneOn),
    technician: row.technician,
    parts: row.parts,
    cost: row.cost === null ? null : row.cost.toNumber(),
    currency: row.currency,
    notes: row.notes,
    certificate: row.certificate,
    deviation: row.deviation,
    version: row.version,
    createdAt: row.createdAt,
    attachments: row.attachments,
  };
}
