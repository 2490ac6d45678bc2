import { previewBulkSchema } from "@/server/domain/bulk/schema";
import { MAX_BULK_DEVICES, type SkipReason } from "@/server/domain/bulk/vocabulary";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { gatherFacts } from "./gather-facts";
import { verdictSql } from "./verdict-sql";

export interface BulkPreview {
  /** Devices aimed at. */
  total: number;
  /** Devices that will change. */
  willChange: number;
  farms: number;
  skipped: { reason: SkipReason; count: number; examples: string[] }[];
  /** More than one action takes. */
  isTooMany: boolean;
}

/** What an action would do to how many devices; writes nothing. */
export async function previewBulk({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<BulkPreview> {
  const { action, target } = parseInput(previewBulkSchema, input);
  const facts = await gatherFacts(ctx.db, ctx, action);
  const rows = await ctx.db.$queryRaw<{ reason: SkipReason | null; count: number; farms: number; examples: string[] }[]>`
    SELECT reason, count(*)::int AS count, count(DISTINCT farm_id)::int AS farms, (array_agg(device_id ORDER BY device_id))[1:5] AS examples
    FROM (${verdictSql(action, target, facts)}) AS verdict GROUP BY reason ORDER BY 2 DESC`;
  const changing = rows.find((row) => row.reason === null);
  const willChange = changing?.count ?? 0;
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    willChange,
    farms: changing?.farms ?? 0,
    skipped: rows.flatMap(({ reason, count, examples }) => (reason ? [{ reason, count, examples }] : [])),
    isTooMany: rows.reduce((sum, row) => sum + row.count, 0) > MAX_BULK_DEVICES,
  };
}
