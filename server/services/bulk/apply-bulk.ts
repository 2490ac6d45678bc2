import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { BulkActionInput } from "@/server/domain/bulk/schema";
import type { BulkKind } from "@/server/domain/bulk/vocabulary";
import { settleAlerts } from "@/server/services/alerts/settle-alerts";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { endService } from "@/server/services/devices/end-service";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { endCredentials } from "@/server/services/provisioning/end-credentials";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { sendBulkCommands } from "./send-bulk-commands";
import type { ChangedDevice, StartedBulk } from "./start-bulk";

export const AUDIT_ACTIONS: Record<BulkKind, string> = {
  set_group: "device.group_changed",
  add_tags: "device.tags_added",
  remove_tags: "device.tags_removed",
  start_maintenance: "device.maintenance_started",
  end_maintenance: "device.maintenance_ended",
  restart: "device.command_issued",
  diagnostic: "device.diagnostic_started",
  rotate_credentials: "device.credentials_rotated",
  decommission: "device.decommissioned",
};

interface Work {
  bulkId: string;
  action: BulkActionInput;
  changed: readonly ChangedDevice[];
}

/** Carries out an action on the pending items of a bulk; what is done at once is marked done, commands stay pending. */
export async function applyBulk(tx: Transaction, ctx: ServiceContext, { bulkId, action, changed }: Work): Promise<StartedBulk["secrets"]> {
  const keys = changed.map((device) => device.id);
  if (action.kind === "restart" || action.kind === "diagnostic") {
    await sendBulkCommands(tx, ctx, { bulkId, action, deviceKeys: keys });
    return [];
  }
  const secrets = await changeDevices(tx, ctx, action, changed, keys);
  await tx.$executeRaw`UPDATE bulk_item SET state = 'done' WHERE bulk_id = ${bulkId}::uuid AND state = 'pending'`;
  await tx.$executeRaw`UPDATE bulk_action SET finished_at = ${ctx.now}::timestamptz WHERE id = ${bulkId}::uuid`;
  return secrets;
}

type ImmediateAction = Exclude<BulkActionInput, { kind: "restart" | "diagnostic" }>;

async function changeDevices(
  tx: Transaction,
  ctx: ServiceContext,
  action: ImmediateAction,
  changed: readonly ChangedDevice[],
  keys: readonly string[],
): Promise<StartedBulk["secrets"]> {
  const now = ctx.now;
  switch (action.kind) {
    case "set_group":
      await tx.$executeRaw`UPDATE device SET group_id = ${action.params.groupId}::uuid, version = version + 1, updated_at = ${now}::timestamptz
        WHERE id = ANY(${keys}::uuid[])`;
      await applyHealthRules(tx, Prisma.sql`d.id = ANY(${keys}::uuid[])`);
      return [];
    case "add_tags":
      await tx.$executeRaw`INSERT INTO "_device_tag_rel" ("A", "B")
        SELECT device, tag FROM unnest(${keys}::uuid[]) AS device CROSS JOIN unnest(${action.params.tagIds}::uuid[]) AS tag ON CONFLICT DO NOTHING`;
      return [];
    case "remove_tags":
      await tx.$executeRaw`DELETE FROM "_device_tag_rel" WHERE "A" = ANY(${keys}::uuid[]) AND "B" = ANY(${action.params.tagIds}::uuid[])`;
      return [];
    case "start_maintenance":
      await tx.$executeRaw`UPDATE device SET lifecycle = 'maintenance', maintenance_notes = coalesce(${action.params.notes}, maintenance_notes),
        version = version + 1, updated_at = ${now}::timestamptz WHERE id = ANY(${keys}::uuid[])`;
      // What is in maintenance is quiet.
      await tx.$executeRaw`UPDATE device_state SET needs_attention = false WHERE device_key = ANY(${keys}::uuid[])`;
      await settleAlerts(tx, now, keys);
      return [];
    case "end_maintenance":
      // A device that was never heard goes back to waiting, not into service.
      await tx.$executeRaw`UPDATE device SET
        lifecycle = (CASE WHEN first_connected_at IS NULL THEN 'provisioned' ELSE 'active' END)::device_lifecycle,
        version = version + 1, updated_at = ${now}::timestamptz WHERE id = ANY(${keys}::uuid[])`;
      return [];
    case "decommission":
      await decommission(tx, now, action.params.reason, keys);
      return [];
    case "rotate_credentials":
      return rotate(tx, ctx, action.params.overlapHours, changed);
  }
}

async function decommission(tx: Transaction, now: Date, reason: string, keys: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE device SET lifecycle = 'decommissioned', decommissioned_at = ${now}::timestamptz, decommission_reason = ${reason},
    version = version + 1, updated_at = ${now}::timestamptz WHERE id = ANY(${keys}::uuid[])`;
  await endService(tx, now, keys);
}

async function rotate(
  tx: Transaction,
  ctx: ServiceContext,
  overlapHours: number,
  changed: readonly ChangedDevice[],
): Promise<StartedBulk["secrets"]> {
  const secrets = changed.map(({ id, device_id }) => ({ id, deviceId: device_id, password: newSecret() }));
  const keys = secrets.map(({ id }) => id);
  const issuedById = authorOf(ctx.actor);
  await endCredentials(tx, ctx.now, keys, overlapHours);
  await tx.$executeRaw`
    INSERT INTO device_credential (id, device_key, secret_hash, issued_at, issued_by_id)
    SELECT gen_random_uuid(), key, decode(hash, 'hex'), ${ctx.now}::timestamptz, ${issuedById}::uuid
    FROM unnest(${keys}::uuid[], ${secrets.map(({ password }) => Buffer.from(hashSecret(password)).toString("hex"))}::text[]) AS new(key, hash)`;
  await tx.$executeRaw`
    UPDATE device SET lifecycle = 'provisioned', provisioned_at = ${ctx.now}::timestamptz, provisioned_by_id = ${issuedById}::uuid,
      provisioning_method = 'manual' WHERE id = ANY(${keys}::uuid[]) AND lifecycle = 'draft'`;
  return secrets.map(({ deviceId, password }) => ({ deviceId, password }));
}
