import { inTransaction } from "@/server/db/in-transaction";
import { raiseAlertSchema } from "@/server/domain/alerts/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

/**
 * Raises an alert by hand (specification Task 2.2: custom). While one is open for the device, the words are added to it
 * and it counts once more. Only a person ends it.
 * @throws not_found, forbidden, conflict for a device that is out of service
 */
export async function raiseAlert({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const { deviceId, message, severity } = parseInput(raiseAlertSchema, input);
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "alert.handle");
    if (device.lifecycle === "decommissioned") throw new AppError("conflict", `${deviceId} is decommissioned; nobody watches it any more.`);
    const [alert] = await tx.$queryRaw<{ id: string; is_new: boolean }[]>`
      INSERT INTO device_alert AS a (device_key, farm_id, condition, type, severity, message, first_occurrence, last_occurrence, former_id)
      VALUES (${device.id}::uuid, ${device.farmId}::uuid, 'custom', 'custom', ${severity}::alert_severity, ${message},
        ${ctx.now}::timestamptz, ${ctx.now}::timestamptz,
        (SELECT p.id FROM device_alert p WHERE p.device_key = ${device.id}::uuid AND p.condition = 'custom' ORDER BY p.first_occurrence DESC LIMIT 1))
      ON CONFLICT (device_key, condition) WHERE state <> 'resolved' AND device_key IS NOT NULL
      DO UPDATE SET occurrence_count = a.occurrence_count + 1, last_occurrence = excluded.last_occurrence,
        severity = greatest(a.severity, excluded.severity), message = excluded.message
      RETURNING id, occurrence_count = 1 AS is_new`;
    if (!alert) throw new Error("an alert was neither raised nor counted");
    await tx.alertEvent.create({
      data: { alertId: alert.id, at: ctx.now, kind: alert.is_new ? "raised" : "note", severity, actorId: userId, note: message },
    });
    await announce(tx, { topic: "alerts", farmIds: [device.farmId], ids: [alert.id] });
    await recordAudit(tx, ctx, [
      {
        action: "alert.raised",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: { alertId: alert.id, severity, note: message },
      },
    ]);
    return { id: alert.id };
  });
}
