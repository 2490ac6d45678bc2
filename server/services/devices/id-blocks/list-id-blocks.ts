import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { formatDeviceId } from "@/server/domain/devices/device-id";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { listIdBlocksSchema, type IdBlockPurpose } from "@/server/domain/devices/id-block";
import { allows, farmIdsWith, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { IdBlockView } from "./views";

/** Newest first; so many are shown. */
const SHOWN = 200;

interface BlockRow {
  id: string;
  farm_id: string;
  farm_name: string;
  type: DeviceType;
  purpose: IdBlockPurpose;
  prefix: string;
  first_number: number;
  last_number: number;
  used: number;
  note: string | null;
  reserved_by: string | null;
  reserved_at: Date;
}

/** The blocks of device IDs that are reserved on the caller's farms and not released, the newest first, at most 200. */
export async function listIdBlocks({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IdBlockView[]> {
  const { farmIds, purposes, mine } = parseInput(listIdBlocksSchema, input);
  const { userId } = requireUser(ctx.actor);
  const visible = farmIdsWith(ctx.actor, "device.read");
  const conditions = [
    Prisma.sql`b.released_at IS NULL`,
    visible && Prisma.sql`b.farm_id = ANY(${visible}::uuid[])`,
    farmIds.length > 0 && Prisma.sql`b.farm_id = ANY(${farmIds}::uuid[])`,
    purposes.length > 0 && Prisma.sql`b.purpose = ANY(${purposes}::text[]::id_block_purpose[])`,
    mine && Prisma.sql`b.reserved_by_id = ${userId}::uuid`,
  ].filter((condition) => condition instanceof Prisma.Sql);
  const rows = await readBlocks(ctx.db, Prisma.join(conditions, " AND "));
  return rows.map((row) => blockView(row, allows(ctx.actor, row.farm_id, "device.provision")));
}

/** Blocks that match, each with the number of its IDs in use. */
export function readBlocks(db: Database | Transaction, condition: Prisma.Sql): Promise<BlockRow[]> {
  return db.$queryRaw<BlockRow[]>`
    SELECT b.id, b.farm_id, f.name AS farm_name, b.type, b.purpose, b.prefix, b.first_number, b.last_number, b.note, u.name AS reserved_by,
      b.reserved_at, (SELECT count(*)::int FROM device d WHERE d.device_id = ANY(${blockIdsSql(Prisma.sql`b`)})) AS used
    FROM device_id_block b JOIN farm f ON f.id = b.farm_id LEFT JOIN "user" u ON u.id = b.reserved_by_id
    WHERE ${condition} ORDER BY b.reserved_at DESC, b.id LIMIT ${SHOWN}`;
}

/** The IDs of a block as an array, written as `formatDeviceId` writes them: found by the unique index, one by one. */
export function blockIdsSql(block: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ARRAY(SELECT ${block}.prefix || CASE WHEN n < 1000 THEN lpad(n::text, 3, '0') ELSE n::text END
    FROM generate_series(${block}.first_number, ${block}.last_number) AS n)`;
}

export function blockView(row: BlockRow, canManage: boolean): IdBlockView {
  return {
    id: row.id,
    farm: { id: row.farm_id, name: row.farm_name },
    type: row.type,
    purpose: row.purpose,
    firstId: formatDeviceId(row.prefix, row.first_number),
    lastId: formatDeviceId(row.prefix, row.last_number),
    count: row.last_number - row.first_number + 1,
    used: row.used,
    note: row.note,
    reservedBy: row.reserved_by,
    reservedAt: row.reserved_at,
    canManage,
  };
}
