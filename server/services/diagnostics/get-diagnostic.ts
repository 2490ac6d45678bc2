import { compareChecks, type ComparedCheck } from "@/server/domain/diagnostics/compare";
import { getDiagnosticSchema } from "@/server/domain/diagnostics/schema";
import { AppError } from "@/server/errors";
import { farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { namesOf } from "@/server/services/people/names-of";
import { checksOf, toDiagnosticSummary, type DiagnosticSummary } from "./views";

export interface DiagnosticView extends DiagnosticSummary {
  deviceId: string;
  /** Each beside the same check of the report before; all "new" in the first one. */
  checks: ComparedCheck[];
  previous: DiagnosticSummary | null;
}

/** One report, compared with the finished one before it. */
export async function getDiagnostic({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DiagnosticView> {
  const { diagnosticId } = parseInput(getDiagnosticSchema, input);
  const row = await ctx.db.diagnostic.findFirst({
    where: { id: diagnosticId, device: farmFilter(ctx.actor, "device.read") },
    include: { device: { select: { deviceId: true } } },
  });
  if (!row) throw new AppError("not_found", "There is no such diagnostic on your farms.");
  const previous = await ctx.db.diagnostic.findFirst({
    where: { deviceKey: row.deviceKey, finishedAt: { not: null }, requestedAt: { lt: row.requestedAt } },
    orderBy: { requestedAt: "desc" },
  });
  const names = await namesOf(ctx.db, [row.requestedById, previous?.requestedById ?? null]);
  return {
    ...toDiagnosticSummary(row, names.get(row.requestedById ?? "") ?? null),
    deviceId: row.device.deviceId,
    checks: compareChecks(previous ? checksOf(previous) : [], checksOf(row)),
    previous: previous && toDiagnosticSummary(previous, names.get(previous.requestedById ?? "") ?? null),
  };
}
