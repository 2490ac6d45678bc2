import { Prisma } from "@/server/db/generated/client";
import { alertMessage } from "@/server/domain/alerts/describe";
import type { AlertCondition, AlertSeverity, AlertState, AlertType } from "@/server/domain/alerts/vocabulary";
import type { DeviceType } from "@/server/domain/devices/device-type";

/** The tables that {@link ALERT_COLUMNS} and the filters name: `a`lert, `d`evice, `f`arm, `g`roup of the alert, `o`wn group of the device. */
export const ALERT_TABLES = Prisma.sql`device_alert a
  LEFT JOIN device d ON d.id = a.device_key LEFT JOIN device_state s ON s.device_key = d.id
  LEFT JOIN farm f ON f.id = a.farm_id LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN device_group o ON o.id = d.group_id
  LEFT JOIN "user" ack ON ack.id = a.acknowledged_by_id LEFT JOIN "user" res ON res.id = a.resolved_by_id
  LEFT JOIN "user" snz ON snz.id = a.snoozed_by_id`;

export const ALERT_COLUMNS = Prisma.sql`a.id, a.condition::text, a.type::text, a.severity::text, a.state::text, a.value, a.message,
  a.occurrence_count AS "occurrenceCount", a.first_occurrence AS "firstOccurrence", a.last_occurrence AS "lastOccurrence",
  a.acknowledged_at AS "acknowledgedAt", ack.name AS "acknowledgedBy", a.resolved_at AS "resolvedAt", res.name AS "resolvedBy",
  a.resolution_notes AS "resolutionNotes", a.snoozed_until AS "snoozedUntil", snz.name AS "snoozedBy", a.snooze_reason AS "snoozeReason",
  a.flaps, a.cleared_at AS "clearedAt", a.former_id AS "formerId", a.parent_id AS "parentId", a.farm_id AS "farmId",
  CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name) END AS farm,
  CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('deviceId', d.device_id, 'name', d.name, 'type', d.type, 'location', d.location,
    'lifecycle', d.lifecycle) END AS device,
  s.last_seen_at AS "lastSeenAt",
  CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'name', g.name)
    WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'name', o.name) END AS "group"`;

export interface AlertRow {
  id: string;
  condition: AlertCondition;
  type: AlertType;
  severity: AlertSeverity;
  state: AlertState;
  value: number | null;
  message: string | null;
  occurrenceCount: number;
  firstOccurrence: Date;
  lastOccurrence: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  /** Empty although resolved: the monitor. */
  resolvedBy: string | null;
  resolutionNotes: string | null;
  snoozedUntil: Date | null;
  snoozedBy: string | null;
  snoozeReason: string | null;
  flaps: number;
  clearedAt: Date | null;
  formerId: string | null;
  parentId: string | null;
  farmId: string | null;
  farm: { id: string; code: string; name: string } | null;
  device: { deviceId: string; name: string; type: DeviceType; location: string | null; lifecycle: string } | null;
  lastSeenAt: Date | null;
  group: { id: string; name: string } | null;
}

/** An alert as lists and its own page show it. */
export type AlertView = ReturnType<typeof toAlertView>;

export function toAlertView({ farmId: _, ...row }: AlertRow, { now, mayHandle }: { now: Date; mayHandle: boolean }) {
  return {
    ...row,
    message: alertMessage(row),
    isSnoozed: row.state !== "resolved" && row.snoozedUntil !== null && row.snoozedUntil > now,
    /** Whether the caller may acknowledge, snooze and resolve it. */
    mayHandle: mayHandle && row.state !== "resolved",
  };
}
