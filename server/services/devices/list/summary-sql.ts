import { Prisma } from "@/server/db/generated/client";
import { toDeviceSummary, type DeviceSummary, type SummarySource } from "../views";

type Source = Omit<SummarySource, "farm" | "state" | "group" | "tags">;
type State = NonNullable<SummarySource["state"]>;

/** A row of {@link SUMMARY_COLUMNS}. */
export interface SummaryRow extends Source, State {
  farm_id: string;
  farm_code: string;
  farm_name: string;
  farm_time_zone: string;
  group: SummarySource["group"];
  tags: SummarySource["tags"];
  configured_connection_type: Source["connectionType"];
}

/** What a list shows of a device, in one pass over its tables. */
export const SUMMARY_COLUMNS = Prisma.sql`d.id, d.device_id AS "deviceId", d.name, d.type::text, d.location, d.lifecycle::text,
  d.manufacturer, d.model, d.serial_number AS "serialNumber", d.mac_address AS "macAddress",
  d.power_source::text AS "powerSource", d.connection_type::text AS configured_connection_type, s.connection_type::text AS "connectionType",
  d.low_battery_threshold::float8 AS "lowBatteryThreshold", d.offline_window_seconds AS "offlineWindowSeconds",
  d.weak_signal_threshold AS "weakSignalThreshold", d.elevated_errors AS "elevatedErrors", d.high_errors AS "highErrors",
  d.firmware_update_status::text AS "firmwareUpdateStatus",
  d.calibration_status::text AS "calibrationStatus", d.next_calibration_date AS "nextCalibrationDate",
  d.next_maintenance_date AS "nextMaintenanceDate",
  f.id AS farm_id, f.code AS farm_code, f.name AS farm_name, f.time_zone AS farm_time_zone,
  CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name, 'color', g.color) END AS "group",
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'color', t.color) ORDER BY t.name)
    FROM "_device_tag_rel" r JOIN device_tag t ON t.id = r."B" WHERE r."A" = d.id), '[]') AS tags,
  s.firmware_version AS "firmwareVersion", s.last_seen_at AS "lastSeenAt", s.connected, s.battery_level AS "batteryLevel",
  s.signal_strength AS "signalStrength", s.signal_quality::text AS "signalQuality", s.error_count AS "errorCount",
  s.health_status::text AS "healthStatus", s.health_score AS "healthScore"`;

export function toListedDevice(row: SummaryRow, now: Date): DeviceSummary {
  const farm = { id: row.farm_id, code: row.farm_code, name: row.farm_name, timeZone: row.farm_time_zone };
  return toDeviceSummary({ ...row, connectionType: row.configured_connection_type, farm, state: row }, now);
}
