import { listDiagnosticsSchema } from "@/server/domain/diagnostics/schema";
import { allows } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { namesOf } from "@/server/services/people/names-of";
import { toDiagnosticSummary, type DiagnosticSummary } from "./views";

export interface DiagnosticPage {
  diagnostics: DiagnosticSummary[];
  total: number;
  page: number;
  pageSize: number;
  /** Whether the caller may run one. */
  mayRun: boolean;
}

/** A device's diagnostics, the newest first. */
export async function listDiagnostics({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DiagnosticPage> {
  const { deviceId, page, pageSize } = parseInput(listDiagnosticsSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const where = { deviceKey: device.id };
  const [rows, total] = await Promise.all([
    ctx.db.diagnostic.findMany({
      where,
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    ctx.db.diagnostic.count({ where }),
  ]);
  const names = await namesOf(
    ctx.db,
    rows.map((row) => row.requestedById),
  );
  return {
    diagnostics: rows.map((row) => toDiagnosticSummary(row, names.get(row.requestedById ?? "") ?? null)),
    total,
    page,
    pageSize,
    mayRun: allows(ctx.actor, device.farmId, "device.command"),
  };
}
