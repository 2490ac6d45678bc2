import type { Database } from "@/server/db/client";
import { milkingAt, type MilkingTimes } from "@/server/domain/farms/milking";

interface FarmWithRestarts {
  farm_id: string;
  time_zone: string;
  sessions: MilkingTimes[];
}

/**
 * Postpones due restarts that nobody forced while their farm milks: a device that comes back at half past five must not
 * restart under a cow because somebody asked for it at four. Judged anew every minute, so that an earlier end counts.
 * @returns farms on which restarts may go out now
 */
export async function holdRestarts(db: Database, now: Date): Promise<string[]> {
  const farms = await db.$queryRaw<FarmWithRestarts[]>`
    SELECT f.id AS farm_id, f.time_zone, coalesce((
      SELECT jsonb_agg(jsonb_build_object('name', m.name, 'weekdays', m.weekdays, 'startMinute', m.start_minute, 'endMinute', m.end_minute))
      FROM milking_session m WHERE m.farm_id = f.id), '[]') AS sessions
    FROM farm f WHERE f.id IN (
      SELECT d.farm_id FROM device_command q JOIN device_state s ON s.device_key = q.device_key JOIN device d ON d.id = q.device_key
      WHERE q.finished_at IS NULL AND q.kind = 'restart' AND NOT q.forced AND q.state IN ('queued', 'sent')
        AND q.available_at <= now() AND s.connected)`;
  const milking = farms.flatMap(({ farm_id, time_zone, sessions }) => {
    const session = milkingAt(sessions, time_zone, now);
    return session ? [{ farm_id, until: session.until }] : [];
  });
  if (milking.length > 0) await postpone(db, milking);
  const busy = new Set(milking.map(({ farm_id }) => farm_id));
  return farms.map(({ farm_id }) => farm_id).filter((farmId) => !busy.has(farmId));
}

async function postpone(db: Database, farms: readonly { farm_id: string; until: Date }[]): Promise<void> {
  await db.$executeRaw`
    WITH held AS (
      UPDATE device_command c SET available_at = least(r.until, now() + interval '1 minute')
      FROM jsonb_to_recordset(${JSON.stringify(farms)}::jsonb) AS r(farm_id uuid, until timestamptz), device d
      WHERE d.id = c.device_key AND d.farm_id = r.farm_id AND c.finished_at IS NULL AND c.kind = 'restart' AND NOT c.forced
        AND c.state IN ('queued', 'sent') AND c.available_at <= now()
      RETURNING d.device_id, d.farm_id
    )
    INSERT INTO change_feed (xid, topic, farm_ids, ids)
    SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(DISTINCT device_id)
    FROM held HAVING count(*) > 0`;
}
