import type { DeviceType } from "@/server/domain/devices/device-type";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { type DueKind, MAINTENANCE_TYPE_LABELS, type MaintenanceType } from "@/server/domain/maintenance/maintenance-type";
import { listDueSchema } from "@/server/domain/maintenance/schema";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

/** More than anybody works off in a month; the screen says when there is more. */
const MAX_ITEMS = 1000;

interface DueRow {
  kind: DueKind;
  record_id: string | null;
  work_type: MaintenanceType | null;
  title: string | null;
  technician: string | null;
  notes: string | null;
  day: string;
  is_first: boolean;
  device_id: string;
  name: string;
  device_type: DeviceType;
  location: string | null;
  manufacturer: string;
  model: string;
  serial_number: string | null;
  farm_id: string;
  group_name: string | null;
}

export type DueItem = ReturnType<typeof toDueItem>;

export interface DueList {
  items: DueItem[];
  /** There is more than the list holds. */
  more: boolean;
}

/**
 * What is due on the caller's farms between two days, and whatever is overdue before them: planned work, regular
 * maintenance by date, and calibrations. A calibration that is planned in time is listed as that work only. The day is
 * each farm's own. One statement besides the farms themselves.
 */
export async function listDue({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DueList> {
  const { farmIds, types, kinds, from, to } = parseInput(listDueSchema, input);
  const readable = farmIdsWith(ctx.actor, "device.read");
  const wanted = [...(readable ? [{ id: { in: readable } }] : []), ...(farmIds.length > 0 ? [{ id: { in: farmIds } }] : [])];
  const farms = await ctx.db.farm.findMany({ where: { AND: wanted }, select: { id: true, name: true, timeZone: true } });
  const days = farms.map(({ id, timeZone }) => ({ farm_id: id, today: todayIn(timeZone, ctx.now) }));
  const rows = await ctx.db.$queryRaw<DueRow[]>`
    WITH day AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS r(farm_id uuid, today date)),
    unit AS (
      SELECT d.*, day.today FROM device d JOIN day ON day.farm_id = d.farm_id
      WHERE d.lifecycle <> 'decommissioned' AND (cardinality(${types}::text[]) = 0 OR d.type::text = ANY(${types}::text[]))
    ), due AS (
      SELECT 'work' AS kind, r.id AS record_id, r.type::text AS work_type, r.title, r.technician, r.notes, r.planned_for AS day,
             false AS is_first, u.id AS device_key
      FROM maintenance_record r JOIN unit u ON u.id = r.device_key
      WHERE r.status = 'planned' AND r.planned_for <= ${to}::date
      UNION ALL
      SELECT 'service', NULL, NULL, NULL, NULL, u.maintenance_notes, u.next_maintenance_date, false, u.id
      FROM unit u WHERE u.next_maintenance_date <= ${to}::date
      UNION ALL
      SELECT 'calibration', NULL, 'calibration', NULL, NULL, NULL, coalesce(u.next_calibration_date, u.today),
             u.next_calibration_date IS NULL, u.id
      FROM unit u
      WHERE u.calibration_status <> 'not_required' AND coalesce(u.next_calibration_date, u.today) <= ${to}::date
        AND NOT EXISTS (
          SELECT 1 FROM maintenance_record p WHERE p.device_key = u.id AND p.type = 'calibration' AND p.status = 'planned'
            AND p.planned_for <= coalesce(u.next_calibration_date, u.today))
    )
    SELECT due.kind, due.record_id, due.work_type, due.title, due.technician, due.notes, due.day::text AS day, due.is_first,
           u.device_id, u.name, u.type::text AS device_type, u.location, u.manufacturer, u.model, u.serial_number, u.farm_id,
           g.name AS group_name
    FROM due JOIN unit u ON u.id = due.device_key LEFT JOIN device_group g ON g.id = u.group_id
    WHERE (due.day >= ${from}::date OR due.day < u.today)
      AND (cardinality(${kinds}::text[]) = 0 OR due.kind = ANY(${kinds}::text[]))
    ORDER BY due.day, u.device_id, due.kind, due.record_id LIMIT ${MAX_ITEMS + 1}`;
  const todays = new Map(days.map((row) => [row.farm_id, row.today]));
  const names = new Map(farms.map((farm) => [farm.id, farm.name]));
  return {
    items: rows
      .slice(0, MAX_ITEMS)
      .map((row) => toDueItem(row, { name: names.get(row.farm_id) ?? "", today: todays.get(row.farm_id) ?? "" })),
    more: rows.length > MAX_ITEMS,
  };
}

function toDueItem(row: DueRow, farm: { name: string; today: string }) {
  return {
    key: `${row.kind}:${row.record_id ?? row.device_id}`,
    kind: row.kind,
    recordId: row.record_id,
    type: row.work_type,
    title: row.title ?? titleOf(row),
    technician: row.technician,
    notes: row.notes,
    day: row.day,
    /** On the farm's own calendar. */
    overdue: row.day < farm.today,
    device: {
      deviceId: row.device_id,
      name: row.name,
      type: row.device_type,
      location: row.location,
      group: row.group_name,
      manufacturer: row.manufacturer,
      model: row.model,
      serialNumber: row.serial_number,
    },
    farm: { id: row.farm_id, name: farm.name, today: farm.today },
  };
}

function titleOf(row: DueRow): string {
  if (row.kind === "service") return "Regular maintenance";
  return row.is_first ? "First calibration on record" : MAINTENANCE_TYPE_LABELS.calibration;
}
