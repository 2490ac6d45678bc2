import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { groupBy } from "@/server/domain/group-by";
import { labelJobSchema, type LabelJob } from "@/server/domain/labels/schema";
import type { LabelMethod } from "@/server/domain/labels/vocabulary";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { labelsToPrint } from "./labels-to-print";
import type { LabelView } from "./views";

/**
 * Notes that the browser sent labels to its printer. What the printer did with them nobody learns.
 * @returns how many labels
 * @throws invalid_input, not_found, forbidden, conflict (nothing to print)
 */
export async function recordPrint({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ labels: number }> {
  const job = parseInput(labelJobSchema, input);
  const labels = await labelsToPrint(ctx, job);
  await notePrint(ctx, { job, labels, method: "print" });
  return { labels: labels.length * job.copies };
}

interface Print {
  job: Pick<LabelJob, "stock" | "template" | "copies">;
  labels: readonly LabelView[];
  method: LabelMethod;
}

/** One row a farm in the log of prints, and in the audit. */
export async function notePrint(ctx: ServiceContext, { job, labels, method }: Print): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const byFarm = groupBy(labels, (label) => label.farm.id);
  await inTransaction(ctx.db, async (tx) => {
    const before = await printedBefore(
      tx,
      labels.map((label) => label.deviceId),
    );
    const rows = await tx.labelPrint.createManyAndReturn({
      data: [...byFarm].map(([farmId, some]) => ({
        farmId,
        printedById: userId,
        printedAt: ctx.now,
        method,
        stock: job.stock.id,
        template: job.template,
        copies: job.copies,
        deviceIds: some.map((label) => label.deviceId),
        reprints: some.filter((label) => before.has(label.deviceId)).length,
      })),
      select: { id: true, farmId: true, reprints: true, deviceIds: true },
    });
    await announce(tx, { topic: "labels", farmIds: [...byFarm.keys()], ids: rows.map((row) => row.id) });
    await recordAudit(
      tx,
      ctx,
      rows.map(({ id, farmId, reprints, deviceIds }) => ({
        action: "label.printed",
        subjectType: "label_print",
        subjectId: id,
        farmId,
        after: { method, stock: job.stock.id, template: job.template, copies: job.copies, devices: deviceIds.length, reprints },
      })),
    );
  });
}

async function printedBefore(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ device_id: string }[]>`
    SELECT DISTINCT device_id FROM label_print p, unnest(p.device_ids) AS device_id
    WHERE p.device_ids && ${ids}::text[] AND device_id = ANY(${ids}::text[])`;
  return new Set(rows.map((row) => row.device_id));
}
