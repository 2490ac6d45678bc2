import { Prisma } from "@/server/db/generated/client";
import { MAX_SNOOZE_DAYS, snoozeAlertsSchema, wakeAlertsSchema } from "@/server/domain/alerts/schema";
import { fieldError } from "@/server/errors";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { handleAlerts, type HandledAlerts } from "./handle-alerts";

const DAY_MS = 86_400_000;

/** Puts alerts out of sight until a moment, with the reason; they are watched on and end by themselves. */
export async function snoozeAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HandledAlerts> {
  const { ids, until, reason } = parseInput(snoozeAlertsSchema, input);
  const { userId } = requireUser(ctx.actor);
  const ms = until.getTime() - ctx.now.getTime();
  if (ms <= 0) throw fieldError("invalid_input", "until", "Choose a time in the future");
  if (ms > MAX_SNOOZE_DAYS * DAY_MS) throw fieldError("invalid_input", "until", `At most ${MAX_SNOOZE_DAYS} days`);
  return handleAlerts(ctx, {
    ids,
    event: "snoozed",
    action: "alert.snoozed",
    note: reason,
    when: Prisma.sql`a.state <> 'resolved'`,
    set: Prisma.sql`snoozed_until = ${until}::timestamptz, snoozed_by_id = ${userId}::uuid, snooze_reason = ${reason}`,
  });
}

/** Brings snoozed alerts back before their time. */
export async function wakeAlerts({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HandledAlerts> {
  const { ids } = parseInput(wakeAlertsSchema, input);
  return handleAlerts(ctx, {
    ids,
    event: "woken",
    action: "alert.woken",
    note: null,
    when: Prisma.sql`a.state <> 'resolved' AND a.snoozed_until > ${ctx.now}::timestamptz`,
    set: Prisma.sql`snoozed_until = NULL, snoozed_by_id = NULL, snooze_reason = NULL`,
  });
}
