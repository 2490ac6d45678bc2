import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { rollUpGroups } from "@/server/services/alerts/roll-up-groups";
import { watchReception } from "@/server/services/alerts/watch-reception";
import { judgeDevices } from "./judge-devices";
import { readReception } from "./reception";

/** Between two checks by the clock; shorter intervals are checked every time. */
const SWEEP_SECONDS = 60;

export interface SweepCounts extends Record<string, number> {
  /** Devices whose health changed. */
  changed: number;
  raised: number;
  resolved: number;
}

/**
 * The health check of the whole fleet (specification Task 2.2 `run_health_checks`): active devices that are not in
 * maintenance, each when its own interval has passed. A fixed number of statements, each whole in itself: one that is
 * cut off leaves nothing half done, and the next check does what is left.
 * @param at the moment of the check; left out = the database's clock
 * @param former the moment of the check before, from which on intervals count
 */
export async function sweepHealth(db: Database, at?: Date, former?: Date): Promise<SweepCounts> {
  const time = await readReception(db, at);
  await watchReception(db, time);
  const devices = dueSql(time.now, former ?? new Date(time.now.getTime() - SWEEP_SECONDS * 1000));
  // What is no longer watched has no turn to wait for.
  const judged = await judgeDevices(db, time, { devices: Prisma.sql`(d.lifecycle <> 'active' OR ${devices})`, counts: true });
  const groups = await rollUpGroups(db, time.now);
  return { changed: judged.changed, raised: judged.raised + groups.raised, resolved: judged.resolved + groups.resolved };
}

/** A device is due when a multiple of its interval, and of its group's, lies between the check before and this one. */
function dueSql(now: Date, former: Date): Prisma.Sql {
  const [from, to] = [former.getTime() / 1000, now.getTime() / 1000];
  const due = (interval: Prisma.Sql) => Prisma.sql`(${interval} <= ${SWEEP_SECONDS}::int
    OR floor(${to}::float8 / ${interval}) > floor(${from}::float8 / ${interval}))`;
  return Prisma.sql`(${due(Prisma.sql`d.health_check_interval_seconds`)} AND (d.group_id IS NULL OR d.group_id NOT IN (
    SELECT slow.id FROM device_group slow WHERE NOT ${due(Prisma.sql`slow.health_check_interval_seconds`)})))`;
}
