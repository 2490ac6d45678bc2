import { randomUUID } from "node:crypto";
import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { announce } from "@/server/services/feed/announce";

export interface RollbackPlan {
  id: string;
  /** Will be sent back. */
  devices: number;
  /** Cannot be: what they ran before is not kept here. */
  stranded: number;
}

interface Undo {
  rolloutId: string;
  /** One stage; `null` = all of them. */
  position: number | null;
  createdById: string | null;
  now: Date;
}

/**
 * The devices of a rollout that can go back: it updated them, they still run its version, and nothing else is planned for
 * them. `former` = what they would go back to; empty = not kept here. Over rollout_target `t` and device `d`.
 * @param position one stage; `null` = all of them
 */
export function returnableSql(rolloutId: string, position: number | null): Prisma.Sql {
  return Prisma.sql`SELECT t.device_key, t.cohort, t.from_version, w.version, (SELECT o.id FROM firmware_version o
      WHERE o.device_type = w.device_type AND o.version = t.from_version AND o.artifact_sha256 IS NOT NULL AND o.state <> 'draft') AS former
    FROM rollout_target t JOIN firmware_version w ON w.id = t.firmware_id
    JOIN device_state s ON s.device_key = t.device_key JOIN device d ON d.id = t.device_key
    WHERE t.rollout_id = ${rolloutId}::uuid AND t.state = 'completed' AND (${position}::int IS NULL OR t.position = ${position}::int)
      AND s.firmware_version = w.version AND d.lifecycle <> 'decommissioned'
      AND NOT EXISTS (SELECT 1 FROM rollout_target x JOIN rollout r ON r.id = x.rollout_id WHERE x.device_key = t.device_key
        AND NOT x.superseded AND x.state < 'completed' AND r.state IN ('scheduled', 'in_progress', 'paused'))`;
}

/** A few first, then the rest: going back is an update too. */
const CANARY_PERCENT = 5;

/**
 * Plans the way back of what a rollout has updated: a rollout of its own, by the same engine with the same gates, each
 * device to the version it came from. Who runs something else by now is left alone. Three statements.
 * @returns `undefined` when nobody is to be sent back
 */
export async function planRollback(tx: Transaction, { rolloutId, position, createdById, now }: Undo): Promise<RollbackPlan | undefined> {
  const id = randomUUID();
  const inserted = await tx.$executeRaw`
    INSERT INTO rollout (id, name, kind, device_type, farm_ids, state, request_key, undoes_id, failure_policy, force_update, notify_on_complete,
      rate_per_minute, max_in_flight, max_in_flight_group, min_battery_level, min_signal, respect_milking, milking_margin, patience, scheduled_at,
      created_by_id, created_at, updated_at)
    SELECT ${id}::uuid, 'Back: ' || r.name, 'rollback', r.device_type, r.farm_ids, 'scheduled', ${id}, r.id, 'pause', false, r.notify_on_complete,
      r.rate_per_minute, r.max_in_flight, r.max_in_flight_group, r.min_battery_level, r.min_signal, r.respect_milking, r.milking_margin, r.patience,
      ${now}::timestamptz, ${createdById}::uuid, ${now}::timestamptz, ${now}::timestamptz
    FROM rollout r WHERE r.id = ${rolloutId}::uuid`;
  if (inserted === 0) return undefined;
  const [plan] = await tx.$queryRaw<{ devices: number; stranded: number; canary: number }[]>`
    WITH updated AS (${returnableSql(rolloutId, position)}
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY former IS NULL ORDER BY cohort, device_key) AS rank,
        count(*) FILTER (WHERE former IS NOT NULL) OVER () AS total FROM updated
    ), planned AS (
      INSERT INTO rollout_target (rollout_id, position, device_key, firmware_id, cohort, state, reason, from_version, state_at, finished_at)
      SELECT ${id}::uuid, CASE WHEN rank <= ceil(total * ${CANARY_PERCENT}::int / 100.0) THEN 0 ELSE 1 END, device_key, former, cohort,
        'pending', NULL, version, ${now}::timestamptz, NULL
      FROM ranked WHERE former IS NOT NULL RETURNING position
    )
    SELECT count(*)::int AS devices, (SELECT count(*)::int FROM ranked WHERE former IS NULL) AS stranded,
      count(*) FILTER (WHERE position = 0)::int AS canary FROM planned`;
  if (!plan || plan.devices === 0) {
    await tx.rollout.delete({ where: { id } });
    return undefined;
  }
  const gate = { successThreshold: 90, failureThreshold: 10, minimumSample: 3, soakMinutes: 0, needsApproval: false };
  await tx.rolloutStage.createMany({
    data: [
      { rolloutId: id, position: 0, name: "A few", ...gate },
      ...(plan.devices > plan.canary ? [{ rolloutId: id, position: 1, name: "The rest", ...gate }] : []),
    ],
  });
  await tx.$executeRaw`
    UPDATE device d SET target_firmware_version = w.version, firmware_update_status = 'scheduled', firmware_update_scheduled_at = ${now}::timestamptz
    FROM rollout_target t JOIN firmware_version w ON w.id = t.firmware_id WHERE t.rollout_id = ${id}::uuid AND d.id = t.device_key`;
  const { farmIds } = await tx.rollout.findUniqueOrThrow({ where: { id }, select: { farmIds: true } });
  await announce(tx, { topic: "rollouts", farmIds, ids: [id] });
  return { id, devices: plan.devices, stranded: plan.stranded };
}
