import type { Transaction } from "@/server/db/client";
import { holdSql, readFarmHolds, ROLLOUT_GATES } from "../gates-sql";

/**
 * Says of every waiting device of the open stages whether it has to wait and why: pending ⇄ held. Two statements.
 * What cannot be updated any more is left out: decommissioned since, or arrived at the version by itself.
 * @returns how many changed
 */
export async function holdTargets(tx: Transaction, now: Date): Promise<number> {
  const margins = await tx.rollout.findMany({
    where: { state: "in_progress" },
    distinct: ["milkingMargin"],
    select: { milkingMargin: true },
  });
  if (margins.length === 0) return 0;
  const holds = await readFarmHolds(
    tx,
    now,
    margins.map(({ milkingMargin }) => milkingMargin),
  );
  return tx.$executeRaw`
    UPDATE rollout_target t SET reason = coalesce(p.out, p.hold), state_at = ${now}::timestamptz,
      finished_at = CASE WHEN p.out IS NOT NULL THEN ${now}::timestamptz END,
      state = (CASE WHEN p.out IS NOT NULL THEN 'skipped' WHEN p.hold IS NOT NULL THEN 'held' ELSE 'pending' END)::rollout_target_state
    FROM (
      SELECT x.id, CASE WHEN d.lifecycle = 'decommissioned' THEN 'decommissioned' WHEN s.firmware_version = w.version THEN 'same_version' END AS out,
        ${holdSql(ROLLOUT_GATES, holds)} AS hold
      FROM rollout r JOIN rollout_target x ON x.rollout_id = r.id AND x.position <= r.current_stage AND x.state IN ('pending', 'held')
      JOIN device d ON d.id = x.device_key JOIN device_state s ON s.device_key = x.device_key JOIN firmware_version w ON w.id = x.firmware_id
      WHERE r.state = 'in_progress'
    ) p
    WHERE t.id = p.id AND t.state IN ('pending', 'held') AND (coalesce(p.out, p.hold) IS DISTINCT FROM t.reason)`;
}
