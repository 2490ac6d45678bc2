import { Prisma } from "@/server/db/generated/client";
import { alertMessage } from "@/server/domain/alerts/describe";
import type { AlertSeverity, AlertType } from "@/server/domain/alerts/vocabulary";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { CalibrationStatus } from "@/server/domain/devices/vocabulary";
import { CONSEQUENCES, LAST_CRITICAL, type Consequence, type Queued } from "@/server/domain/overview/consequence";
import { attentionQueueSchema } from "@/server/domain/overview/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { consequenceSql } from "./consequence-sql";
import { inScopeSql, overviewScope } from "./overview-scope";

/** One thing that needs somebody: an outage, or a device with the gravest of its alerts. */
export interface AttentionItem extends Queued {
  /** `null` = upkeep, which raises no alert. */
  alert: { id: string; type: AlertType; severity: AlertSeverity } | null;
  message: string;
  device: { deviceId: string; name: string; type: DeviceType; location: string | null } | null;
  group: { id: string; name: string } | null;
  farm: { id: string; name: string } | null;
  /** Further open alerts of the same device. */
  otherAlerts: number;
  lastSeenAt: Date | null;
}

export interface AttentionQueue {
  items: AttentionItem[];
  total: number;
  /** Of them, those that are critical. */
  critical: number;
}

interface Row extends Omit<AttentionItem, "consequence" | "message"> {
  place: number;
  value: number | null;
  note: string | null;
  calibration: CalibrationStatus | null;
  total: bigint;
  critical: bigint;
}

/**
 * What needs somebody, the gravest consequence first (server/domain/overview/consequence.ts): open alerts that nobody
 * snoozed and no group alert speaks for, a device once, and after them devices due for upkeep. One statement.
 */
export async function listAttention({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AttentionQueue> {
  const { farmId, limit, criticalOnly } = parseInput(attentionQueueSchema, input);
  const scope = overviewScope(ctx, farmId);
  const lastCritical = CONSEQUENCES.indexOf(LAST_CRITICAL);
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH alerts AS (
      SELECT ${consequenceSql()} AS place, a.state = 'acknowledged' AS acknowledged, a.first_occurrence AS since, a.id::text AS tie,
        a.id AS alert_id, a.type, a.severity, a.value, a.message, a.device_key, a.farm_id, coalesce(a.group_id, d.group_id) AS group_id
      FROM device_alert a LEFT JOIN device d ON d.id = a.device_key
      WHERE a.state <> 'resolved' AND a.parent_id IS NULL AND NOT coalesce(a.snoozed_until > ${ctx.now}::timestamptz, false)
        AND ${inScopeSql(Prisma.sql`a.farm_id`, scope)}
    ), subjects AS (
      SELECT *, row_number() OVER gravest AS nth, count(*) OVER (PARTITION BY coalesce(device_key, alert_id)) - 1 AS others
      FROM alerts WINDOW gravest AS (PARTITION BY coalesce(device_key, alert_id) ORDER BY place, acknowledged, since, tie)
    ), queue AS (
      SELECT place, acknowledged, since, tie, alert_id, type, severity, value, message, device_key, farm_id, group_id, others
      FROM subjects WHERE nth = 1
      UNION ALL
      SELECT ${CONSEQUENCES.indexOf("upkeep")}::int, false, d.next_calibration_date::timestamp AT TIME ZONE 'UTC', d.id::text, NULL, NULL, NULL, NULL,
        d.firmware_update_error, d.id, d.farm_id, d.group_id, 0
      FROM device d JOIN device_state s ON s.device_key = d.id
      WHERE s.needs_attention AND d.lifecycle IN ('provisioned', 'active') AND ${inScopeSql(Prisma.sql`d.farm_id`, scope)}
        AND NOT EXISTS (SELECT 1 FROM device_alert o WHERE o.device_key = d.id AND o.state <> 'resolved')
    ), wanted AS (
      SELECT *, count(*) OVER () AS total, count(*) FILTER (WHERE place <= ${lastCritical}::int) OVER () AS critical FROM queue
      WHERE NOT ${criticalOnly}::boolean OR place <= ${lastCritical}::int
      ORDER BY place, acknowledged, since NULLS LAST, tie LIMIT ${limit}::int
    )
    SELECT q.place, q.acknowledged AS "isAcknowledged", q.since, q.value, q.message AS note, q.others::int AS "otherAlerts", q.total, q.critical,
      CASE WHEN q.alert_id IS NULL THEN d.calibration_status::text END AS calibration, s.last_seen_at AS "lastSeenAt",
      CASE WHEN q.alert_id IS NOT NULL THEN jsonb_build_object('id', q.alert_id, 'type', q.type, 'severity', q.severity) END AS alert,
      CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('deviceId', d.device_id, 'name', d.name, 'type', d.type, 'location', d.location) END AS device,
      CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'name', g.name) END AS "group",
      CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('id', f.id, 'name', f.name) END AS farm
    FROM wanted q LEFT JOIN device d ON d.id = q.device_key LEFT JOIN device_state s ON s.device_key = d.id
    LEFT JOIN device_group g ON g.id = q.group_id LEFT JOIN farm f ON f.id = q.farm_id
    ORDER BY q.place, q.acknowledged, q.since NULLS LAST, q.tie`;
  return { items: rows.map(toItem), total: Number(rows[0]?.total ?? 0n), critical: Number(rows[0]?.critical ?? 0n) };
}

function toItem({ place, value, note, calibration, total: _, critical: __, ...row }: Row): AttentionItem {
  const consequence: Consequence = CONSEQUENCES[place] ?? "upkeep";
  return { ...row, consequence, message: row.alert ? alertMessage({ type: row.alert.type, value, message: note }) : upkeep(calibration) };
}

function upkeep(calibration: CalibrationStatus | null): string {
  if (calibration === "overdue") return "Its calibration is overdue";
  return calibration === "due" ? "Its calibration is due" : "The firmware update failed";
}
