import { alertNextStep } from "@/server/domain/alerts/describe";
import { alertIdSchema } from "@/server/domain/alerts/schema";
import type { AlertEventKind, AlertSeverity } from "@/server/domain/alerts/vocabulary";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { alertScopeSql } from "./alert-filter-sql";
import { handling } from "./list-alerts";
import { ALERT_COLUMNS, ALERT_TABLES, toAlertView, type AlertRow, type AlertView } from "./views";

export interface AlertEventView {
  id: string;
  at: Date;
  kind: AlertEventKind;
  severity: AlertSeverity | null;
  value: number | null;
  /** `null` = the monitor. */
  actor: string | null;
  note: string | null;
}

export interface AlertPageView extends AlertView {
  memberCount: number;
  nextStep: string;
  /** Oldest first. */
  timeline: AlertEventView[];
  /** The same condition before, the newest first. */
  former: Pick<AlertRow, "id" | "firstOccurrence" | "resolvedAt" | "occurrenceCount">[];
}

const FORMER_SHOWN = 10;
const MAX_EVENTS = 500;

/** One alert with its timeline and what was before. @throws not_found outside the caller's farms */
export async function getAlert({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AlertPageView> {
  const { id } = parseInput(alertIdSchema, input);
  const [row] = await ctx.db.$queryRaw<(AlertRow & { memberCount: bigint })[]>`
    SELECT ${ALERT_COLUMNS}, (SELECT count(*) FROM device_alert m WHERE m.parent_id = a.id) AS "memberCount"
    FROM ${ALERT_TABLES} WHERE a.id = ${id}::uuid AND ${alertScopeSql(ctx.actor, "device.read")}`;
  if (!row) throw new AppError("not_found", "There is no such alert on your farms.");
  const timeline = await ctx.db.$queryRaw<AlertEventView[]>`
    SELECT e.id, e.at, e.kind::text, e.severity::text, e.value, u.name AS actor, e.note
    FROM alert_event e LEFT JOIN "user" u ON u.id = e.actor_id WHERE e.alert_id = ${id}::uuid ORDER BY e.at, e.id LIMIT ${MAX_EVENTS}`;
  const former = await ctx.db.$queryRaw<AlertPageView["former"]>`
    SELECT p.id, p.first_occurrence AS "firstOccurrence", p.resolved_at AS "resolvedAt", p.occurrence_count AS "occurrenceCount"
    FROM device_alert a JOIN device_alert p ON p.condition = a.condition AND p.first_occurrence < a.first_occurrence
      AND p.device_key IS NOT DISTINCT FROM a.device_key AND p.group_id IS NOT DISTINCT FROM a.group_id AND p.farm_id IS NOT DISTINCT FROM a.farm_id
    WHERE a.id = ${id}::uuid ORDER BY p.first_occurrence DESC LIMIT ${FORMER_SHOWN}`;
  return {
    ...toAlertView(row, { now: ctx.now, mayHandle: handling(ctx)(row.farmId) }),
    memberCount: Number(row.memberCount),
    nextStep: alertNextStep(row.type, row.device?.type ?? null),
    timeline,
    former,
  };
}
