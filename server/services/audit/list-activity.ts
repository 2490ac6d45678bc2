import { z } from "zod";
import type { Prisma } from "@/server/db/generated/client";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

export const listActivitySchema = z.object({
  deviceId: deviceIdSchema.optional(),
  farmId: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(20),
});

export interface ActivityView {
  key: string;
  at: Date;
  actorKind: "user" | "api_key" | "device" | "system";
  actorLabel: string;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
}

/** The newest audit events on the caller's farms, for the overview and for one device's page. */
export async function listActivity({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ActivityView[]> {
  const { deviceId, farmId, limit } = parseInput(listActivitySchema, input);
  const farmIds = farmIdsWith(ctx.actor, "device.read");
  const where: Prisma.AuditEventWhereInput = {
    AND: [
      farmIds ? { farmId: { in: farmIds } } : {},
      farmId ? { farmId } : {},
      deviceId ? { subjectType: "device", subjectId: deviceId } : {},
    ],
  };
  const rows = await ctx.db.auditEvent.findMany({ where, orderBy: [{ at: "desc" }, { seq: "desc" }], take: limit });
  return rows.map((row) => ({
    key: `${row.chain}:${row.seq}`,
    at: row.at,
    actorKind: row.actorKind,
    actorLabel: row.actorLabel,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    before: row.before,
    after: row.after,
  }));
}
