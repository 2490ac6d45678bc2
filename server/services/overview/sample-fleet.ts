import type { Database } from "@/server/db/client";
import { RECEPTION_LOST_SECONDS } from "@/server/domain/alerts/policy";
import { ONLINE } from "@/server/services/health/rules-sql";

/**
 * Notes how the active devices of each farm are, in the row of the hour; a later look in the same hour replaces it.
 * While nothing is received nothing is noted: what one would count then is silence, not the fleet. One statement.
 * @param at the moment; left out = the database's clock
 * @returns farms counted
 */
export async function sampleFleet(db: Database, at?: Date): Promise<number> {
  return db.$executeRaw`
    INSERT INTO fleet_sample (farm_id, hour, healthy, warning, critical, unknown, connected, disconnected)
    SELECT f.id, date_trunc('hour', coalesce(${at ?? null}::timestamptz, now()), 'UTC'),
      count(*) FILTER (WHERE s.health_status = 'healthy'), count(*) FILTER (WHERE s.health_status = 'warning'),
      count(*) FILTER (WHERE s.health_status = 'critical'), count(*) FILTER (WHERE s.health_status = 'unknown'),
      count(*) FILTER (WHERE ${ONLINE}), count(s.device_key) FILTER (WHERE NOT ${ONLINE})
    FROM farm f LEFT JOIN device d ON d.farm_id = f.id AND d.lifecycle = 'active' LEFT JOIN device_state s ON s.device_key = d.id
    WHERE NOT EXISTS (SELECT 1 FROM reception WHERE alive_at < now() - make_interval(secs => ${RECEPTION_LOST_SECONDS}::float8))
    GROUP BY f.id
    ON CONFLICT (farm_id, hour) DO UPDATE SET healthy = excluded.healthy, warning = excluded.warning, critical = excluded.critical,
      unknown = excluded.unknown, connected = excluded.connected, disconnected = excluded.disconnected`;
}
