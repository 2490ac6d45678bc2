import { inTransaction } from "@/server/db/in-transaction";
import type { Transaction } from "@/server/db/client";
import { startBulkSchema } from "@/server/domain/bulk/schema";
import { MAX_BULK_DEVICES } from "@/server/domain/bulk/vocabulary";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "@/server/services/provisioning/answer-once";
import { applyBulk, AUDIT_ACTIONS } from "./apply-bulk";
import { gatherFacts } from "./gather-facts";
import { verdictSql } from "./verdict-sql";

/** Ten thousand devices take a second or two; a busy farm server takes its time. */
const TIMEOUT_MS = 60_000;

/** A device that the action changes. */
export interface ChangedDevice {
  id: string;
  device_id: string;
  farm_id: string;
}

export interface StartedBulk {
  id: string;
  /** New passwords, shown once: only for `rotate_credentials`. */
  secrets: { deviceId: string; password: string }[];
}

/**
 * Does one thing to many devices in one transaction: all of it or nothing, a fixed number of statements however many
 * they are. A repeat with the same request key gets the same answer.
 * @throws conflict when it would change another number of devices than the preview said, or more than one action takes
 */
export async function startBulk({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<StartedBulk> {
  const { action, target, requestKey, expected } = parseInput(startBulkSchema, input);
  const { userId } = requireUser(ctx.actor);
  return inTransaction(
    ctx.db,
    (tx) =>
      answerOnce(tx, requestKey, userId, async () => {
        const facts = await gatherFacts(tx, ctx, action);
        // Whoever changes one of these devices meanwhile waits, or has gone first and is judged as they are then.
        await tx.$queryRaw`SELECT count(*) FROM (
        SELECT 1 FROM device WHERE id IN (SELECT id FROM (${verdictSql(action, target, facts)}) AS verdict) ORDER BY id FOR UPDATE) AS held`;
        const bulk = await tx.bulkAction.create({
          data: { kind: action.kind, params: action.params, requestedById: userId, requestKey, total: 0, createdAt: ctx.now },
          select: { id: true },
        });
        const total = await tx.$executeRaw`
        INSERT INTO bulk_item (bulk_id, device_key, state, reason)
        SELECT ${bulk.id}::uuid, id, (CASE WHEN reason IS NULL THEN 'pending' ELSE 'skipped' END)::bulk_item_state, reason
        FROM (${verdictSql(action, target, facts)}) AS verdict LIMIT ${MAX_BULK_DEVICES + 1}`;
        if (total > MAX_BULK_DEVICES)
          throw new AppError(
            "conflict",
            `One action takes at most ${MAX_BULK_DEVICES.toLocaleString("en")} devices. Narrow the list first.`,
          );
        const changed = await changedDevices(tx, bulk.id);
        if (changed.length !== expected) {
          throw new AppError(
            "conflict",
            `It would now change ${changed.length} devices instead of ${expected}. Nothing was done; look at the preview again.`,
          );
        }
        const secrets = await applyBulk(tx, ctx, { bulkId: bulk.id, action, changed });
        await tx.bulkAction.update({ where: { id: bulk.id }, data: { total } });
        const farmIds = [...new Set(changed.map((device) => device.farm_id))];
        const ids = changed.map((device) => device.device_id);
        const touchesCredentials = action.kind === "rotate_credentials" || action.kind === "decommission";
        if (touchesCredentials) await announce(tx, { topic: "credentials", farmIds, ids });
        await announce(tx, { topic: "devices", farmIds, ids });
        await announce(tx, { topic: "groups", farmIds, ids: [] });
        if (action.kind === "decommission") await announce(tx, { topic: "maintenance", farmIds, ids });
        await recordAudit(
          tx,
          ctx,
          changed.map((device) => ({
            action: AUDIT_ACTIONS[action.kind],
            subjectType: "device",
            subjectId: device.device_id,
            farmId: device.farm_id,
            after: { ...action.params, bulkId: bulk.id },
          })),
        );
        return { id: bulk.id, secrets };
      }),
    { timeout: TIMEOUT_MS },
  );
}

function changedDevices(tx: Transaction, bulkId: string): Promise<ChangedDevice[]> {
  return tx.$queryRaw<ChangedDevice[]>`
    SELECT d.id, d.device_id, d.farm_id FROM bulk_item i JOIN device d ON d.id = i.device_key
    WHERE i.bulk_id = ${bulkId}::uuid AND i.state = 'pending' ORDER BY d.device_id`;
}
