import { Prisma } from "@/server/db/generated/client";
import { listPrintsSchema } from "@/server/domain/labels/schema";
import { stockOf } from "@/server/domain/labels/stock";
import { LABEL_TEMPLATES, type LabelMethod, type LabelTemplate } from "@/server/domain/labels/vocabulary";
import { allows, farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { namesOf } from "@/server/services/people/names-of";

/** One time labels were made for devices of one farm. */
export interface LabelPrintView {
  id: string;
  farm: { id: string; name: string };
  printedBy: string | null;
  printedAt: Date;
  method: LabelMethod;
  stock: string;
  template: LabelTemplate | undefined;
  devices: number;
  /** Devices times copies. */
  labels: number;
  /** Devices that had a label made before. */
  reprints: number;
  firstId: string;
  lastId: string;
  /** Whether the caller may make them again. */
  canReprint: boolean;
}

export interface LabelPrintPage {
  prints: LabelPrintView[];
  total: number;
  page: number;
  pageSize: number;
}

interface PrintRow {
  id: string;
  farm_id: string;
  farm_name: string;
  printed_by_id: string | null;
  printed_at: Date;
  method: LabelMethod;
  stock: string;
  template: string;
  copies: number;
  devices: number;
  reprints: number;
  first_id: string;
  last_id: string;
  total: number;
}

/** Who made which labels when, on the caller's farms, the last first. */
export async function listPrints({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<LabelPrintPage> {
  const { farmIds, deviceId, page, pageSize } = parseInput(listPrintsSchema, input);
  const visible = farmIdsWith(ctx.actor, "device.read");
  const conditions = [
    Prisma.sql`true`,
    visible && Prisma.sql`p.farm_id = ANY(${visible}::uuid[])`,
    farmIds.length > 0 && Prisma.sql`p.farm_id = ANY(${farmIds}::uuid[])`,
    deviceId && Prisma.sql`p.device_ids @> ARRAY[${deviceId}]`,
  ].filter((condition) => condition instanceof Prisma.Sql);
  const rows = await ctx.db.$queryRaw<PrintRow[]>`
    SELECT p.id, p.farm_id, f.name AS farm_name, p.printed_by_id, p.printed_at, p.method, p.stock, p.template, p.copies, p.reprints,
      cardinality(p.device_ids) AS devices, p.device_ids[1] AS first_id, p.device_ids[cardinality(p.device_ids)] AS last_id,
      (count(*) OVER ())::int AS total
    FROM label_print p JOIN farm f ON f.id = p.farm_id WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY p.printed_at DESC, p.id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
  const names = await namesOf(
    ctx.db,
    rows.map((row) => row.printed_by_id),
  );
  const prints = rows.map((row) => ({
    id: row.id,
    farm: { id: row.farm_id, name: row.farm_name },
    printedBy: names.get(row.printed_by_id ?? "") ?? null,
    printedAt: row.printed_at,
    method: row.method,
    stock: stockOf(row.stock)?.name ?? row.stock,
    template: LABEL_TEMPLATES.find((template) => template === row.template),
    devices: row.devices,
    labels: row.devices * row.copies,
    reprints: row.reprints,
    firstId: row.first_id,
    lastId: row.last_id,
    canReprint: allows(ctx.actor, row.farm_id, "device.provision"),
  }));
  return { prints, total: rows[0]?.total ?? 0, page, pageSize };
}
