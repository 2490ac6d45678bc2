import { Prisma } from "@/server/db/generated/client";
import { dayOf } from "@/server/domain/maintenance/calendar-day";
import type { FieldAction } from "@/server/domain/scan/action";
import type { FieldConflict } from "@/server/domain/scan/conflict";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { completeRecord } from "@/server/services/maintenance/complete-record";
import { findRecord } from "@/server/services/maintenance/find-record";
import { lastChangeOf } from "./last-change";

type CompleteWork = FieldAction & { kind: "complete_work" };

/**
 * Closes a work order as it was done in the field; parts, cost and certificate stay as they were planned.
 * @returns both sides when somebody else has finished, cancelled or changed it since it was read
 * @throws not_found also when the work belongs to another device than the one it was done on
 */
export async function closeWork(ctx: ServiceContext, action: CompleteWork): Promise<FieldConflict | undefined> {
  const { recordId, base, doneOn, notes, deviceId } = action;
  const { device, ...record } = await findRecord(ctx.db, ctx.actor, recordId, "device.edit");
  if (device.deviceId !== deviceId) throw new AppError("not_found", "There is no such work on this device.");
  if (record.status !== "planned" || record.version !== base) {
    return {
      about: "work",
      title: record.title,
      yours: { doneOn, notes },
      theirs: {
        status: record.status,
        title: record.title,
        doneOn: record.doneOn && dayOf(record.doneOn),
        technician: record.technician,
        notes: record.notes,
      },
      version: record.version,
      change: await lastChangeOf(ctx.db, deviceId, Prisma.sql`action LIKE 'maintenance.%'`),
    };
  }
  const { parts, cost, currency, certificate, deviation, technician } = record;
  await completeRecord({
    ctx,
    input: {
      recordId,
      version: base,
      doneOn,
      notes,
      technician: technician ?? (ctx.actor.kind === "user" ? ctx.actor.name.slice(0, 100) : null),
      parts,
      cost: cost === null ? null : cost.toNumber(),
      currency,
      certificate,
      deviation,
    },
  });
  return undefined;
}
