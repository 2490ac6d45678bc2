import { Prisma } from "@/server/db/generated/client";
import { acknowledgeAlertsSchema } from "@/server/domain/alerts/schema";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { handleAlerts, type HandledAlerts } from "./handle-alerts";

/** "I have seen it and take care": the alert stays open (specification Task 2.2 `action_acknowledge`). */
export async function acknowledgeAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HandledAlerts> {
  const { ids, note } = parseInput(acknowledgeAlertsSchema, input);
  const { userId } = requireUser(ctx.actor);
  return handleAlerts(ctx, {
    ids,
    event: "acknowledged",
    action: "alert.acknowledged",
    note,
    when: Prisma.sql`a.state = 'active'`,
    set: Prisma.sql`state = 'acknowledged', acknowledged_by_id = ${userId}::uuid, acknowledged_at = ${ctx.now}::timestamptz`,
  });
}
