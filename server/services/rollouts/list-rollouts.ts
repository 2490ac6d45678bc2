import { Prisma } from "@/server/db/generated/client";
import { listRolloutsSchema } from "@/server/domain/rollouts/schema";
import { fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { countsSql, ROLLOUT_COLUMNS, ROLLOUT_TABLES, rolloutScopeSql, toRolloutView, type RolloutRow, type RolloutView } from "./views";

export interface RolloutPage {
  rollouts: RolloutView[];
  nextCursor: string | null;
}

/** One page of the rollouts that touch the caller's farms, the newest first. One statement. */
export async function listRollouts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<RolloutPage> {
  const { states, farmIds, firmwareId, search, cursor, pageSize } = parseInput(listRolloutsSchema, input);
  const conditions = [
    rolloutScopeSql(ctx.actor),
    ...(states.length > 0 ? [Prisma.sql`r.state = ANY(${states}::text[]::rollout_state[])`] : []),
    ...(farmIds.length > 0 ? [Prisma.sql`r.farm_ids && ${farmIds}::uuid[]`] : []),
    ...(firmwareId ? [Prisma.sql`r.firmware_id = ${firmwareId}::uuid`] : []),
    ...(cursor ? [Prisma.sql`(r.created_at, r.id) < (${afterSql(cursor)})`] : []),
    ...search.split(/\s+/).filter(Boolean).map(containsWord),
  ];
  const rows = await ctx.db.$queryRaw<RolloutRow[]>`
    SELECT ${ROLLOUT_COLUMNS}, ${countsSql(ctx.actor)} AS counts FROM ${ROLLOUT_TABLES}
    WHERE ${Prisma.join(conditions, " AND ")} ORDER BY r.created_at DESC, r.id DESC LIMIT ${pageSize + 1}`;
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    rollouts: shown.map((row) => toRolloutView(row, ctx.actor)),
    nextCursor: rows.length > pageSize && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  };
}

function containsWord(word: string): Prisma.Sql {
  const pattern = `%${word.replaceAll("\0", "").replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(r.name ILIKE ${pattern} OR w.version ILIKE ${pattern} OR w.name ILIKE ${pattern})`;
}

function afterSql(cursor: string): Prisma.Sql {
  const [at = "", id = ""] = cursor.split("_");
  if (isNaN(Date.parse(at)) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
  }
  return Prisma.sql`${at}::timestamptz, ${id}::uuid`;
}
