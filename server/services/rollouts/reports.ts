import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { foldReports, type UpdateReport } from "@/server/domain/rollouts/fold-reports";
import { deadlineSql } from "./deadline-sql";
import { moveTargets } from "./move-targets";

/**
 * What devices say of their own updates, on the `firmware` topic and in heartbeats. Only the execution and attempt that
 * the device was told counts, and only forward: what is late, doubled or of another is ignored. "Completed" is noted and
 * believed when a heartbeat of a later boot proves it ({@link reconcileTargets}).
 * @returns how many targets have moved
 */
export async function applyUpdateReports(
  tx: Transaction,
  reports: readonly (UpdateReport & { deviceId: string })[],
  now: Date,
): Promise<number> {
  if (reports.length === 0) return 0;
  const rows = foldReports(reports).map(({ deviceId, execution, attempt, state, progress, code, error }) => ({
    device_id: deviceId,
    execution,
    attempt,
    // Where the device is by its own word; the end is decided by what it runs.
    state: state === "completed" ? "verifying" : state,
    claims: state === "completed",
    progress,
    code,
    error,
  }));
  return moveTargets(
    tx,
    now,
    Prisma.sql`
    UPDATE rollout_target t SET state = r.state::rollout_target_state, state_at = ${now}::timestamptz,
      progress = CASE WHEN r.state = 'downloading' THEN r.progress ELSE t.progress END,
      claimed_at = CASE WHEN r.claims THEN coalesce(t.claimed_at, ${now}::timestamptz) ELSE t.claimed_at END,
      failure_code = r.code, error = r.error,
      finished_at = CASE WHEN r.state IN ('failed', 'rolled_back') THEN ${now}::timestamptz END,
      deadline_at = CASE WHEN r.state IN ('failed', 'rolled_back') THEN NULL ELSE ${deadlineSql(Prisma.sql`r.state`, now)} END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(device_id text, execution uuid, attempt int, state text, claims boolean, progress real, code text, error text),
      device d, rollout o
    WHERE t.id = r.execution AND t.attempt = r.attempt AND d.id = t.device_key AND d.device_id = r.device_id AND o.id = t.rollout_id
      -- Loses to whoever ended it first; a state never goes back.
      AND t.state >= 'sent' AND t.state <= 'verifying'
      AND (r.state::rollout_target_state > t.state OR (r.claims AND t.claimed_at IS NULL)
        OR (r.state = 'downloading' AND t.state = 'downloading' AND coalesce(t.progress, -1) < r.progress))`,
  );
}

const HAS_ARRIVED = Prisma.sql`(s.firmware_version = w.version AND s.boot_id IS DISTINCT FROM t.from_boot_id AND s.last_seen_at > t.sent_at
  AND (t.claimed_at IS NOT NULL OR t.state = 'sent'))`;

/**
 * Believes what devices run, not what they say: a target is completed when a heartbeat of a boot after the command names
 * its version. A device that tells its states has to have told the last one: an image on trial reports its version, too,
 * and may yet go back. It has failed when the device said it was completed and still runs another.
 * @param devices condition over `d`evice
 */
export async function reconcileTargets(tx: Transaction, devices: Prisma.Sql, now: Date): Promise<number> {
  return moveTargets(
    tx,
    now,
    Prisma.sql`
    UPDATE rollout_target t SET state = (CASE WHEN ${HAS_ARRIVED} THEN 'completed' ELSE 'failed' END)::rollout_target_state,
      failure_code = CASE WHEN ${HAS_ARRIVED} THEN NULL ELSE 'version' END,
      error = CASE WHEN ${HAS_ARRIVED} THEN NULL ELSE 'It says it is done and runs ' || coalesce(s.firmware_version, 'nothing known') END,
      state_at = ${now}::timestamptz, finished_at = ${now}::timestamptz, deadline_at = NULL
    FROM device d, device_state s, firmware_version w
    WHERE d.id = t.device_key AND s.device_key = t.device_key AND w.id = t.firmware_id AND t.state >= 'sent' AND t.state <= 'verifying'
      AND ${devices} AND (${HAS_ARRIVED} OR (t.claimed_at IS NOT NULL AND s.last_seen_at > t.claimed_at
        AND s.firmware_version IS DISTINCT FROM w.version))`,
  );
}
