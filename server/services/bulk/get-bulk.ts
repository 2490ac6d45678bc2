import { Prisma } from "@/server/db/generated/client";
import type { Database } from "@/server/db/client";
import { bulkIdSchema, bulkItemsSchema } from "@/server/domain/bulk/schema";
import { SKIP_REASON_TEXTS, type BulkItemState, type BulkKind, type SkipReason } from "@/server/domain/bulk/vocabulary";
import { AppError } from "@/server/errors";
import { farmIdsWith, requireUser } from "@/server/services/authorize";
import { completeDiagnostics } from "@/server/services/diagnostics/complete-diagnostics";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

export interface BulkProgress {
  id: string;
  kind: BulkKind;
  total: number;
  counts: Record<BulkItemState, number>;
  createdAt: Date;
  cancelledAt: Date | null;
  /** Every item has its outcome. */
  isFinished: boolean;
}

/** An item's outcome: its own, or that of the command it waits for. */
const ITEM_STATE = Prisma.sql`CASE WHEN i.state <> 'pending' OR c.id IS NULL OR c.finished_at IS NULL THEN i.state::text
  WHEN c.state = 'succeeded' THEN 'done' WHEN c.state = 'cancelled' THEN 'cancelled' ELSE 'failed' END`;

/** How far a bulk action is. */
export async function getBulk({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<BulkProgress> {
  const { id } = parseInput(bulkIdSchema, input);
  const bulk = await requireBulk(ctx, id);
  const rows = await ctx.db.$queryRaw<{ state: BulkItemState; count: number }[]>`
    SELECT ${ITEM_STATE} AS state, count(*)::int AS count
    FROM bulk_item i LEFT JOIN device_command c ON c.id = i.command_id WHERE i.bulk_id = ${id}::uuid GROUP BY 1`;
  const counts: BulkProgress["counts"] = { pending: 0, done: 0, skipped: 0, failed: 0, cancelled: 0 };
  for (const row of rows) counts[row.state] = row.count;
  const { kind, total, createdAt, cancelledAt } = bulk;
  return { id, kind, total, counts, createdAt, cancelledAt, isFinished: counts.pending === 0 };
}

export interface BulkItemView {
  deviceId: string;
  name: string;
  state: BulkItemState;
  /** In plain words; `null` when all went well. */
  reason: string | null;
}

/** What became of each device, by device ID, those on the caller's farms only. */
export async function listBulkItems({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ items: BulkItemView[]; next: string | null }> {
  const { id, states, cursor, limit } = parseInput(bulkItemsSchema, input);
  await requireBulk(ctx, id);
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const rows = await ctx.db.$queryRaw<
    { deviceId: string; name: string; state: BulkItemState; reason: string | null; error: string | null }[]
  >`
    SELECT * FROM (
      SELECT d.device_id AS "deviceId", d.name, ${ITEM_STATE} AS state, i.reason, c.error
      FROM bulk_item i JOIN device d ON d.id = i.device_key LEFT JOIN device_command c ON c.id = i.command_id
      WHERE i.bulk_id = ${id}::uuid AND (${!farmIds} OR d.farm_id = ANY(${farmIds ?? []}::uuid[]))) AS item
    WHERE (${states.length === 0} OR state = ANY(${states}::text[])) AND "deviceId" > ${cursor ?? ""}
    ORDER BY "deviceId" LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map(({ deviceId, name, state, reason, error }) => ({
    deviceId,
    name,
    state,
    reason: reason ? (SKIP_REASON_TEXTS[reason as SkipReason] ?? reason) : state === "pending" ? null : error,
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.deviceId ?? null) : null };
}

/**
 * Takes back the commands that no device has acknowledged yet; what is done stays done.
 * @throws conflict when nothing is left to take back
 */
export async function cancelBulk({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ cancelled: number }> {
  const { id } = parseInput(bulkIdSchema, input);
  const bulk = await requireBulk(ctx, id);
  return ctx.db.$transaction(async (tx) => {
    const cancelled = await tx.$queryRaw<{ id: string }[]>`
      UPDATE device_command c SET state = 'cancelled', finished_at = ${ctx.now}::timestamptz, error = 'Cancelled together with its bulk action.'
      FROM bulk_item i WHERE i.bulk_id = ${id}::uuid AND c.id = i.command_id AND c.finished_at IS NULL AND c.state IN ('queued', 'sent') RETURNING c.id`;
    if (cancelled.length === 0) throw new AppError("conflict", "Nothing of it is waiting any more.");
    await tx.bulkAction.update({ where: { id }, data: { cancelledAt: ctx.now } });
    if (bulk.kind === "diagnostic") await completeDiagnostics(tx, { commandIds: cancelled.map((command) => command.id) }, ctx.now);
    return { cancelled: cancelled.length };
  });
}

/** @throws not_found unless the caller started it, or is an admin */
async function requireBulk(ctx: ServiceContext & { db: Database }, id: string) {
  const user = requireUser(ctx.actor);
  const bulk = await ctx.db.bulkAction.findFirst({ where: { id, ...(user.isAdmin ? {} : { requestedById: user.userId }) } });
  if (!bulk) throw new AppError("not_found", "There is no such bulk action of yours.");
  return bulk;
}
