import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { type Prisma } from "@/server/db/generated/client";
import type { AlertEventKind } from "@/server/domain/alerts/vocabulary";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce, announceEverywhere } from "@/server/services/feed/announce";
import { alertScopeSql } from "./alert-filter-sql";
import { handling } from "./list-alerts";

export interface HandledAlerts {
  /** Alerts that were changed. */
  handled: number;
  /** Those that somebody else had dealt with already, or that were over. */
  skipped: number;
}

interface Act {
  ids: readonly string[];
  event: AlertEventKind;
  action: string;
  note: string | null;
  /** Which of them can still be handled so, over `a` (device_alert). */
  when: Prisma.Sql;
  set: Prisma.Sql;
}

interface ChosenRow {
  id: string;
  farm_id: string | null;
  device_id: string | null;
  fits: boolean;
}

/**
 * What a person does with alerts: a fixed number of statements for one or for ten thousand. Members of a group alert
 * are handled with it. What others have dealt with meanwhile is left as it is and counted.
 * @throws not_found when one of them is outside the caller's farms, forbidden when their role there does not allow it;
 *   nothing is changed then
 */
export async function handleAlerts(ctx: ServiceContext, act: Act): Promise<HandledAlerts> {
  const user = requireUser(ctx.actor);
  const wanted = [...new Set(act.ids)];
  return inTransaction(ctx.db, async (tx) => {
    const chosen = await tx.$queryRaw<ChosenRow[]>`
      SELECT a.id, a.farm_id, d.device_id, (${act.when}) AS fits
      FROM device_alert a LEFT JOIN device d ON d.id = a.device_key
      WHERE a.id = ANY(${wanted}::uuid[]) AND ${alertScopeSql(ctx.actor, "device.read")}
      ORDER BY a.id FOR UPDATE OF a`;
    if (chosen.length < wanted.length) throw new AppError("not_found", "There is no such alert on your farms.");
    const mayHandle = handling(ctx);
    if (chosen.some((alert) => !mayHandle(alert.farm_id))) throw new AppError("forbidden", "Your role on this farm does not allow this.");
    const fitting = chosen.filter((alert) => alert.fits);
    await changeAlerts(tx, ctx, user.userId, act, fitting);
    return { handled: fitting.length, skipped: chosen.length - fitting.length };
  });
}

async function changeAlerts(tx: Transaction, ctx: ServiceContext, userId: string, act: Act, alerts: readonly ChosenRow[]): Promise<void> {
  if (alerts.length === 0) return;
  const ids = alerts.map((alert) => alert.id);
  await tx.$executeRaw`
    WITH changed AS (
      UPDATE device_alert a SET ${act.set}
      WHERE (a.id = ANY(${ids}::uuid[]) OR a.parent_id = ANY(${ids}::uuid[])) AND (${act.when})
      RETURNING a.id, a.severity, a.value
    )
    INSERT INTO alert_event (alert_id, at, kind, severity, value, actor_id, note)
    SELECT id, ${ctx.now}::timestamptz, ${act.event}::alert_event_kind, severity, value, ${userId}::uuid, ${act.note} FROM changed`;
  const farmIds = [...new Set(alerts.flatMap((alert) => alert.farm_id ?? []))];
  if (alerts.some((alert) => alert.farm_id === null)) await announceEverywhere(tx, "alerts", ids);
  else await announce(tx, { topic: "alerts", farmIds, ids });
  await recordAudit(
    tx,
    ctx,
    alerts.map((alert) => ({
      action: act.action,
      subjectType: alert.device_id ? ("device" as const) : ("alert" as const),
      subjectId: alert.device_id ?? alert.id,
      farmId: alert.farm_id,
      after: { alertId: alert.id, ...(act.note ? { note: act.note } : {}) },
    })),
  );
}
