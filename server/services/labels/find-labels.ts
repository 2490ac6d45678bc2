import { Prisma } from "@/server/db/generated/client";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import type { LabelSource } from "@/server/domain/labels/schema";
import { MAX_LABELS } from "@/server/domain/labels/vocabulary";
import { deviceQrText } from "@/server/domain/provisioning/credentials-file";
import type { ServiceContext } from "@/server/services/context";
import { DEVICE_TABLES } from "@/server/services/devices/list/filter-sql";
import { aimOf } from "./label-source";
import { unprintableIn } from "./text/shape-text";
import type { LabelView } from "./views";

export interface FoundLabels {
  /** At most `MAX_LABELS`. */
  labels: LabelView[];
  /** Named, but neither a device nor a reserved ID on the farms where the caller may print. */
  missing: string[];
  /** There are more than one print takes. */
  isTooMany: boolean;
}

interface LabelRow {
  device_id: string;
  name: string | null;
  type: DeviceType;
  serial_number: string | null;
  farm_id: string;
  farm_name: string;
}

/**
 * The labels of a source, each with what is on it; those that are named in the order they are named, others by ID. A
 * fixed number of statements.
 * @throws not_found and forbidden for groups, blocks and prints that are not the caller's; forbidden for who may print
 *   nowhere
 */
export async function findLabels(ctx: ServiceContext, source: LabelSource): Promise<FoundLabels> {
  const aim = await aimOf(ctx, source);
  if ("condition" in aim) {
    const rows = await readDevices(ctx, aim.condition);
    const shown = rows.slice(0, MAX_LABELS);
    return { labels: await toViews(ctx, shown, new Set()), missing: [], isTooMany: rows.length > MAX_LABELS };
  }
  const ids = [...new Set(aim.deviceIds)].filter((id) => DEVICE_ID_PATTERN.test(id));
  const inScope = (column: Prisma.Sql) => (aim.farmIds ? Prisma.sql`${column} = ANY(${aim.farmIds}::uuid[])` : Prisma.sql`true`);
  const devices = await readDevices(ctx, Prisma.sql`d.device_id = ANY(${ids}::text[]) AND ${inScope(Prisma.sql`d.farm_id`)}`);
  const found = new Set(devices.map((row) => row.device_id));
  const rest = ids.filter((id) => !found.has(id));
  const reserved = rest.length > 0 ? await readReserved(ctx, rest, inScope(Prisma.sql`b.farm_id`)) : [];
  const byId = new Map([...devices, ...reserved].map((row) => [row.device_id, row]));
  const rows = ids.flatMap((id) => byId.get(id) ?? []);
  const missing = [...new Set(aim.deviceIds)].filter((id) => !byId.has(id));
  return { labels: await toViews(ctx, rows, new Set(reserved.map((row) => row.device_id))), missing, isTooMany: false };
}

function readDevices(ctx: ServiceContext, condition: Prisma.Sql): Promise<LabelRow[]> {
  return ctx.db.$queryRaw<LabelRow[]>`
    SELECT d.device_id, d.name, d.type, d.serial_number, d.farm_id, f.name AS farm_name
    FROM ${DEVICE_TABLES} WHERE ${condition} ORDER BY d.device_id LIMIT ${MAX_LABELS + 1}`;
}

/** IDs of open blocks that are no devices yet, on whatever farm. */
function readReserved(ctx: ServiceContext, ids: readonly string[], inScope: Prisma.Sql): Promise<LabelRow[]> {
  const numbers = ids.map((id) => Number(id.slice(2)));
  const prefixes = ids.map((id) => id.slice(0, 2));
  return ctx.db.$queryRaw<LabelRow[]>`
    SELECT w.device_id, NULL AS name, b.type, NULL AS serial_number, b.farm_id, f.name AS farm_name
    FROM unnest(${ids}::text[], ${prefixes}::text[], ${numbers}::int[]) AS w(device_id, prefix, number)
    JOIN device_id_block b ON b.prefix = w.prefix AND w.number BETWEEN b.first_number AND b.last_number AND b.released_at IS NULL
    JOIN farm f ON f.id = b.farm_id
    WHERE ${inScope} AND length(w.device_id) = 2 + greatest(3, length(w.number::text))
      AND NOT EXISTS (SELECT 1 FROM device d WHERE d.device_id = w.device_id)`;
}

async function toViews(ctx: ServiceContext, rows: readonly LabelRow[], reserved: ReadonlySet<string>): Promise<LabelView[]> {
  const printed = await lastPrints(
    ctx,
    rows.map((row) => row.device_id),
  );
  return rows.map((row) => {
    const name = row.name ?? DEVICE_TYPE_FACTS[row.type].label;
    return {
      deviceId: row.device_id,
      type: row.type,
      name,
      farm: { id: row.farm_id, name: row.farm_name },
      code: deviceQrText({ deviceId: row.device_id, type: row.type, serialNumber: row.serial_number }),
      isRegistered: !reserved.has(row.device_id),
      lastPrintedAt: printed.get(row.device_id) ?? null,
      unprintable: unprintableIn(name + row.farm_name),
    };
  });
}

async function lastPrints(ctx: ServiceContext, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<{ device_id: string; at: Date }[]>`
    SELECT device_id, max(printed_at) AS at FROM label_print p, unnest(p.device_ids) AS device_id
    WHERE p.device_ids && ${ids}::text[] AND device_id = ANY(${ids}::text[]) GROUP BY device_id`;
  return new Map(rows.map((row) => [row.device_id, row.at]));
}
