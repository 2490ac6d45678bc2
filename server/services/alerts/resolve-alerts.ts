import { Prisma } from "@/server/db/generated/client";
import { resolveAlertsSchema } from "@/server/domain/alerts/schema";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { handleAlerts, type HandledAlerts } from "./handle-alerts";

/** Closes alerts with what was done. Where the condition lasts, the next check opens a new alert with a link to this one. */
export async function resolveAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HandledAlerts> {
  const { ids, notes } = parseInput(resolveAlertsSchema, input);
  const { userId } = requireUser(ctx.actor);
  return handleAlerts(ctx, {
    ids,
    event: "resolved",
    action: "alert.resolved",
    note: notes,
    when: Prisma.sql`a.state <> 'resolved'`,
    set: Prisma.sql`state = 'resolved', resolved_by_id = ${userId}::uuid, resolved_at = ${ctx.now}::timestamptz, resolution_notes = ${notes},
      snoozed_until = NULL, cleared_at = NULL, parent_id = NULL`,
  });
}
