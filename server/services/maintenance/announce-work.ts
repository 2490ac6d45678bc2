import type { Transaction } from "@/server/db/client";
import { recordAudit, type AuditEntry } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";

interface Work extends Pick<AuditEntry, "action" | "before" | "after"> {
  device: { deviceId: string; farmId: string };
}

/** Tells watchers and the audit log of one act on a device's maintenance. The last thing in its transaction. */
export async function announceWork(tx: Transaction, ctx: ServiceContext, { device, ...entry }: Work): Promise<void> {
  await announce(tx, { topic: "maintenance", farmIds: [device.farmId], ids: [device.deviceId] });
  await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
  await recordAudit(tx, ctx, [{ ...entry, subjectType: "device", subjectId: device.deviceId, farmId: device.farmId }]);
}
