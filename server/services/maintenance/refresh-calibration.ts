import type { Database, Transaction } from "@/server/db/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { needsAttentionSql } from "@/server/services/health/rules-sql";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { CALIBRATION_DUE_DAYS } from "@/server/domain/maintenance/calibration";

/** Which devices to judge: one, some, those of a type, or (empty) the whole fleet. */
interface RefreshScope {
  deviceKey?: string;
  deviceKeys?: readonly string[];
  deviceType?: DeviceType;
}

/**
 * Brings calibration status and next date of devices in line with their intervals and the day on their farms, and with
 * them whether a device needs attention. Two statements for the fleet; only rows that change are written and announced.
 * The same rule as `calibrationOf` and `attentionReasons`, held together by a test.
 * @returns how many devices changed
 */
export async function refreshCalibration(
  db: Database | Transaction,
  now: Date,
  { deviceKey, deviceKeys = deviceKey === undefined ? undefined : [deviceKey], deviceType }: RefreshScope = {},
): Promise<{ changed: number }> {
  // The day comes from one place, in the farm's zone; the database may know other zones, or spell them otherwise.
  const farms = await db.farm.findMany({ select: { id: true, timeZone: true } });
  const days = JSON.stringify(farms.map(({ id, timeZone }) => ({ farm_id: id, today: todayIn(timeZone, now) })));
  const [row] = await db.$queryRaw<{ changed: bigint }[]>`
    WITH day AS (SELECT * FROM jsonb_to_recordset(${days}::jsonb) AS r(farm_id uuid, today date)),
    found AS (
      SELECT d.id, d.model, d.last_calibration_date AS last, d.calibration_interval_days AS own, day.today,
             coalesce(d.calibration_interval_days, by_model.days, by_type.days) AS days
      FROM device d JOIN day ON day.farm_id = d.farm_id
      LEFT JOIN calibration_interval by_model ON by_model.device_type = d.type AND by_model.model = d.model AND d.model <> ''
      LEFT JOIN calibration_interval by_type ON by_type.device_type = d.type AND by_type.model = ''
      WHERE d.lifecycle <> 'decommissioned'
        AND (${deviceKeys === undefined} OR d.id = ANY(${[...(deviceKeys ?? [])]}::uuid[]))
        AND (${deviceType ?? null}::text IS NULL OR d.type = ${deviceType ?? null}::device_type)
    ), judged AS (
      SELECT *, last + days AS next,
        (CASE WHEN days IS NULL THEN 'not_required' WHEN last IS NULL THEN 'due' WHEN last + days < today THEN 'overdue'
              WHEN last + days <= today + ${CALIBRATION_DUE_DAYS}::int THEN 'due' ELSE 'valid' END)::calibration_status AS status
      FROM found
    ), changed AS (
      UPDATE device d SET calibration_status = j.status, next_calibration_date = j.next
      FROM judged j
      WHERE d.id = j.id
        AND (d.calibration_status <> j.status OR d.next_calibration_date IS DISTINCT FROM j.next)
        -- Loses to a calibration, interval or model that was saved after this statement looked.
        AND d.last_calibration_date IS NOT DISTINCT FROM j.last AND d.calibration_interval_days IS NOT DISTINCT FROM j.own
        AND d.model = j.model
      RETURNING d.*
    ), attention AS (
      UPDATE device_state s SET needs_attention = ${needsAttentionSql({ now, receivingSince: null })}
      FROM changed d WHERE s.device_key = d.id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, topic, farm_ids, ids
      FROM (SELECT array_agg(DISTINCT farm_id) AS farm_ids, array_agg(device_id) AS ids FROM changed HAVING count(*) > 0) AS all_changed,
        unnest(ARRAY['devices', 'maintenance']) AS topic
    )
    SELECT count(*) AS changed FROM changed`;
  return { changed: Number(row?.changed ?? 0n) };
}
