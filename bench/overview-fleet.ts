import type { Database } from "@/server/db/client";
import { seedFleet } from "./fleet";

const BATTERY_DAYS = 60;
const FLEET_DAYS = 92;

/** A fleet whose devices report a battery each hour for sixty days, with an open alert on each and a quarter's history of alerts. */
export async function seedOverviewFleet(db: Database, devices: number): Promise<void> {
  await seedFleet(db, devices);
  await db.$executeRaw`
    UPDATE device_state s SET battery_level = 5 + abs(hashtext(device_key::text)) % 90, firmware_version = (1 + abs(hashtext(device_key::text)) % 3) || '.0.0'`;
  // Hour by hour, as ingest writes them, so that a device's rows lie far apart; a day at once, as statements are bounded.
  for (let day = BATTERY_DAYS; day >= 1; day--)
    await db.$executeRaw`
      INSERT INTO health_sample (device_key, hour, messages, battery_last)
      SELECT d.id, hour, 120, least(100, greatest(0, s.battery_level
        + extract(epoch FROM now() - hour) / 86400 * (0.1 + abs(hashtext(d.device_id)) % 20 / 20.0) + abs(hashtext(d.device_id || hour)) % 3 - 1))
      FROM generate_series(1, 24) AS nr CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) - (${day}::int * 24 - nr) * interval '1 hour' AS hour) AS h
      CROSS JOIN device d JOIN device_state s ON s.device_key = d.id`;
  await db.$executeRaw`
    INSERT INTO device_alert (device_key, farm_id, condition, type, severity, state, first_occurrence, last_occurrence)
    SELECT id, farm_id, 'offline', 'offline', (enum_range(NULL::alert_severity))[1 + h % 3],
      CASE WHEN h % 4 = 0 THEN 'acknowledged' ELSE 'active' END::alert_state, now() - h % 200000 * interval '1 second', now()
    FROM (SELECT id, farm_id, abs(hashtext(device_id)) AS h FROM device) AS d`;
  await db.$executeRaw`
    INSERT INTO device_alert (device_key, farm_id, condition, type, severity, state, first_occurrence, last_occurrence, resolved_at)
    SELECT id, farm_id, 'errors', 'high_errors', (enum_range(NULL::alert_severity))[1 + h % 3], 'resolved', raised, raised, raised + h % 90000 * interval '1 second'
    FROM (SELECT d.id, d.farm_id, abs(hashtext(d.device_id || day)) AS h, now() - day * interval '1 day' AS raised
      FROM device d CROSS JOIN generate_series(2, ${FLEET_DAYS}::int) AS day) AS e WHERE h % 10 = 0`;
  await db.$executeRaw`
    INSERT INTO fleet_sample (farm_id, hour, healthy, warning, critical, unknown, connected, disconnected)
    SELECT f.id, hour, 300, 20 + h % 9, 10 + h % 30, 3, 320 + h % 9, 20
    FROM farm f CROSS JOIN generate_series(date_trunc('hour', now()) - make_interval(days => ${FLEET_DAYS}::int), date_trunc('hour', now()), interval '1 hour') AS hour
    CROSS JOIN LATERAL (SELECT abs(hashtext(f.code || hour)) AS h) AS x`;
  await db.$executeRawUnsafe("VACUUM ANALYZE");
}
