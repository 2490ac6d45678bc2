import type { Database } from "@/server/db/client";

/** Fills the database with devices of all types on twenty farms, with groups, tags, readings and faults. */
export async function seedFleet(db: Database, devices: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO farm (id, code, name, time_zone, updated_at)
    SELECT gen_random_uuid(), 'FARM' || n, 'Farm ' || n, 'Europe/Berlin', now() FROM generate_series(1, 20) AS n`;
  await db.$executeRaw`
    INSERT INTO device_group (id, name, code, farm_id, updated_at)
    SELECT gen_random_uuid(), 'Parlour', 'P' || code, id, now() FROM farm`;
  await db.$executeRaw`
    INSERT INTO device_group (id, name, code, farm_id, parent_id, updated_at)
    SELECT gen_random_uuid(), 'Side ' || side, 'S' || side || g.code, g.farm_id, g.id, now()
    FROM device_group g CROSS JOIN generate_series(1, 4) AS side WHERE g.parent_id IS NULL`;
  await db.$executeRaw`INSERT INTO device_tag (id, name) SELECT gen_random_uuid(), 'Tag ' || n FROM generate_series(1, 10) AS n`;
  await db.$executeRaw`
    INSERT INTO device (id, device_id, name, type, farm_id, group_id, lifecycle, manufacturer, model, serial_number, location, connection_type,
      first_connected_at, updated_at)
    SELECT gen_random_uuid(), (ARRAY['MM','TS','AC','FD','GT','WD','EN'])[1 + n % 7] || lpad(n::text, 6, '0'), 'Stall ' || n,
      (enum_range(NULL::device_type))[1 + n % 7], f.id, g.id,
      (ARRAY['active','active','active','active','provisioned','maintenance','decommissioned'])[1 + (n / 7) % 7]::device_lifecycle,
      'Maker ' || n % 5, 'Model ' || n % 40, 'SN-' || n, 'Barn ' || n % 12 || ', place ' || n % 60, (enum_range(NULL::connection_type))[1 + n % 5],
      now(), now()
    FROM generate_series(1, ${devices}::int) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY code) AS nr FROM farm) f ON f.nr = 1 + n % 20
    LEFT JOIN LATERAL (SELECT id FROM device_group WHERE farm_id = f.id AND n % 3 > 0 ORDER BY code OFFSET n % 5 LIMIT 1) g ON true`;
  await db.$executeRaw`
    INSERT INTO device_state (device_key, connected, last_seen_at, battery_level, signal_strength, signal_quality, error_count, firmware_version,
      health_status, health_score, needs_attention)
    SELECT id, h % 10 > 0, now() - (h % 3000) * interval '1 second', CASE WHEN h % 4 > 0 THEN h % 101 END, -40 - h % 60,
      (enum_range(NULL::signal_quality))[1 + h % 5], h % 14, (1 + h % 3) || '.' || h % 9 || '.0',
      (enum_range(NULL::health_status))[1 + h % 4], h % 101, h % 11 = 0
    FROM (SELECT id, abs(hashtext(device_id)) AS h FROM device) AS d`;
  await db.$executeRaw`
    INSERT INTO "_device_tag_rel" ("A", "B")
    SELECT d.id, t.id FROM (SELECT id, abs(hashtext(device_id)) AS h FROM device) d JOIN (SELECT id, row_number() OVER () AS nr FROM device_tag) t
      ON t.nr = 1 + d.h % 10 WHERE d.h % 3 = 0`;
  await db.$executeRawUnsafe("VACUUM ANALYZE");
}
