import type { Transaction } from "@/server/db/client";
import type { ChangeableKey, DevicePatch } from "@/server/domain/imports/device-values";

/** A registered device, as the database gave it back. */
export interface NewDevice {
  id: string;
  device_id: string;
  farm_id: string;
  name: string;
  type: string;
  calibration_interval_days: number | null;
}

interface Registration {
  importId: string;
  /** New devices among these, by number. */
  rows: { first: number; last: number; except: readonly number[] };
  now: Date;
  userId: string;
  /** They get passwords; else they are drafts. */
  isProvisioned: boolean;
}

/**
 * Registers the devices of staged rows, with their states and tags. Who has lost its ID, MAC address or serial number to
 * somebody else meanwhile is not among those that come back.
 */
export function insertDevices(tx: Transaction, { importId, rows, now, userId, isProvisioned }: Registration): Promise<NewDevice[]> {
  return tx.$queryRaw<NewDevice[]>`
    WITH wanted AS (
      SELECT r.device_key, r.device_id, v.* FROM import_row r CROSS JOIN LATERAL jsonb_to_record(r."values") AS v(
        name text, type device_type, farm_id uuid, group_id uuid, location text, manufacturer text, model text, serial_number text,
        mac_address text, power_source power_source, connection_type connection_type, maintenance_notes text, next_maintenance_date date,
        calibration_interval_days int, last_calibration_date date, calibration_certificate text, tag_ids jsonb)
      WHERE r.import_id = ${importId}::uuid AND r.row_no BETWEEN ${rows.first}::int AND ${rows.last}::int AND r.verdict = 'create'
        AND r.row_no <> ALL(${[...rows.except]}::int[])
    ), fresh AS (
      INSERT INTO device (id, device_id, name, type, farm_id, group_id, location, lifecycle, manufacturer, model, serial_number, mac_address,
        power_source, connection_type, provisioned_at, provisioned_by_id, provisioning_method, maintenance_notes, next_maintenance_date,
        calibration_interval_days, last_calibration_date, calibration_certificate, created_at, updated_at)
      SELECT device_key, device_id, name, type, farm_id, group_id, location,
        (CASE WHEN ${isProvisioned} THEN 'provisioned' ELSE 'draft' END)::device_lifecycle, manufacturer, model, serial_number, mac_address,
        power_source, connection_type, CASE WHEN ${isProvisioned} THEN ${now}::timestamptz END,
        CASE WHEN ${isProvisioned} THEN ${userId}::uuid END, 'csv_import', maintenance_notes, next_maintenance_date,
        calibration_interval_days, last_calibration_date, calibration_certificate, ${now}::timestamptz, ${now}::timestamptz
      FROM wanted ON CONFLICT DO NOTHING
      RETURNING id, device_id, farm_id, name, type, calibration_interval_days
    ), states AS (
      INSERT INTO device_state (device_key) SELECT id FROM fresh
    ), tagged AS (
      INSERT INTO "_device_tag_rel" ("A", "B")
      SELECT fresh.id, tag::uuid FROM fresh JOIN wanted ON wanted.device_key = fresh.id, jsonb_array_elements_text(wanted.tag_ids) AS tag
    )
    SELECT id, device_id, farm_id, name, type::text AS type, calibration_interval_days FROM fresh ORDER BY device_id`;
}

const TEXTS: readonly ChangeableKey[] = [
  "name",
  "manufacturer",
  "model",
  "serial_number",
  "mac_address",
  "location",
  "calibration_certificate",
  "calibration_deviation",
  "maintenance_notes",
];
const CASTS: Partial<Record<ChangeableKey, string>> = {
  group_id: "uuid",
  power_source: "power_source",
  connection_type: "connection_type",
  last_calibration_date: "date",
  calibration_interval_days: "int",
  next_maintenance_date: "date",
};
const COLUMNS = [...TEXTS.map((key) => [key, "text"] as const), ...Object.entries(CASTS)];
const PATCH = COLUMNS.map(
  ([column, type]) => `${column} = CASE WHEN jsonb_exists(p.patch, '${column}') THEN (p.patch->>'${column}')::${type} ELSE d.${column} END`,
).join(", ");

/** Writes each device the values that its patch names, tags among them; the rest stays. Three statements. */
export async function patchDevices(tx: Transaction, now: Date, patches: readonly { id: string; patch: DevicePatch }[]): Promise<void> {
  if (patches.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE device d SET ${PATCH}, version = d.version + 1, updated_at = $2::timestamptz
    FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, patch jsonb) WHERE d.id = p.id`,
    JSON.stringify(patches),
    now,
  );
  const tagged = patches.flatMap(({ id, patch }) => (patch.tag_ids ? [{ id, tags: patch.tag_ids }] : []));
  if (tagged.length === 0) return;
  await tx.$executeRaw`DELETE FROM "_device_tag_rel" WHERE "A" = ANY(${tagged.map(({ id }) => id)}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO "_device_tag_rel" ("A", "B")
    SELECT t.id, tag::uuid FROM jsonb_to_recordset(${JSON.stringify(tagged)}::jsonb) AS t(id uuid, tags jsonb), jsonb_array_elements_text(t.tags) AS tag`;
}
