import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { holdSql, readFarmHolds, ROLLOUT_GATES, type FarmHolds } from "../gates-sql";

/** When more wait, a tick looks at a part of them: everybody's turn comes within the minute or so. */
const MANY = 5_000;
const PARTS = 13;
/** Seconds between two ticks of our clock; one that runs every minute comes through all parts as well. */
const TICK_SECONDS = 5;

/** Who is looked at in this tick. */
export interface Look {
  holds: FarmHolds;
  /** One of the parts; `null` = everybody. */
  part: number | null;
}

/**
 * Says of waiting devices of the open stages whether they have to wait and why: pending ⇄ held. Three statements. What
 * cannot be updated any more is left out: decommissioned since, or arrived at the version by itself.
 * @returns how many changed, and who was looked at; `undefined` when no rollout is in progress
 */
export async function holdTargets(tx: Transaction, now: Date): Promise<{ held: number; look: Look } | undefined> {
  const rows = await tx.$queryRaw<{ margin: number; are_many: boolean }[]>`
    SELECT DISTINCT milking_margin AS margin, (SELECT count(*) FROM (
        SELECT FROM rollout r JOIN rollout_target x ON x.rollout_id = r.id AND NOT x.superseded AND x.position <= r.current_stage AND x.state < 'sent'
        WHERE r.state = 'in_progress' LIMIT ${MANY}) waiting) = ${MANY} AS are_many
    FROM rollout WHERE state = 'in_progress'`;
  if (rows.length === 0) return undefined;
  const margins = rows.map(({ margin }) => margin);
  const holds = await readFarmHolds(tx, now, margins);
  const part = rows[0]?.are_many ? Math.floor(now.getTime() / 1000 / TICK_SECONDS) % PARTS : null;
  const held = await tx.$executeRaw`
    WITH p AS MATERIALIZED (
      SELECT * FROM (
        SELECT x.id, x.reason, ${verdictSql(holds)}
        FROM rollout r JOIN rollout_target x ON x.rollout_id = r.id AND NOT x.superseded AND x.position <= r.current_stage AND x.state < 'sent'
        JOIN device d ON d.id = x.device_key JOIN device_state s ON s.device_key = x.device_key JOIN firmware_version w ON w.id = x.firmware_id
        WHERE r.state = 'in_progress' AND ${inPart(Prisma.sql`x.cohort`, part)}
      ) verdict WHERE coalesce(out, hold) IS DISTINCT FROM reason
    )
    UPDATE rollout_target t SET ${waitSql(now)} FROM p WHERE t.id = p.id AND t.state < 'sent'`;
  return { held, look: { holds, part } };
}

/** Whether a target belongs to the part that is looked at. */
export function inPart(cohort: Prisma.Sql, part: number | null): Prisma.Sql {
  return part === null ? Prisma.sql`true` : Prisma.sql`abs(${cohort} % ${PARTS}) = ${part}`;
}

/** Columns `out` and `hold` over `d`evice, `s`tate, `w` (firmware) and `r`ollout: why it is not updated at all, or not now. */
export function verdictSql(holds: FarmHolds): Prisma.Sql {
  return Prisma.sql`CASE WHEN d.lifecycle = 'decommissioned' THEN 'decommissioned' WHEN s.firmware_version = w.version THEN 'same_version' END AS out,
    ${holdSql(ROLLOUT_GATES, holds)} AS hold`;
}

/** What a verdict `p` makes of a waiting target. */
export function waitSql(now: Date): Prisma.Sql {
  return Prisma.sql`reason = coalesce(p.out, p.hold), state_at = ${now}::timestamptz,
    finished_at = CASE WHEN p.out IS NOT NULL THEN ${now}::timestamptz END,
    state = (CASE WHEN p.out IS NOT NULL THEN 'skipped' WHEN p.hold IS NOT NULL THEN 'held' ELSE 'pending' END)::rollout_target_state`;
}
