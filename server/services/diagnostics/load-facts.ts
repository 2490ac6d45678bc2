import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { CommandState } from "@/server/domain/commands/schema";
import type { ConnectionType, PowerSource } from "@/server/domain/devices/vocabulary";
import type { SelfTestOutcome } from "@/server/domain/diagnostics/report";
import type { ServerFacts } from "@/server/domain/diagnostics/server-checks";

/** A running diagnostic whose command is over, with all that its report is made of. */
export interface DiagnosticFacts {
  id: string;
  deviceKey: string;
  deviceId: string;
  farmId: string;
  commandId: string | null;
  outcome: SelfTestOutcome;
  previousResult: unknown;
  server: ServerFacts;
}

interface FactRow {
  id: string;
  device_key: string;
  device_id: string;
  farm_id: string;
  command_id: string | null;
  requested_at: Date;
  command_state: CommandState | null;
  sent_at: Date | null;
  acknowledged_at: Date | null;
  finished_at: Date | null;
  result: unknown;
  error: string | null;
  previous_result: unknown;
  last_seen_at: Date | null;
  power_source: PowerSource;
  battery_level: number | null;
  low_battery_threshold: number;
  offline_window_seconds: number;
  elevated_errors: number;
  high_errors: number;
  percent_per_day: number | null;
  trend_hours: bigint;
  signal_strength: number | null;
  connection_type: ConnectionType | null;
  error_count: number;
  last_restart_at: Date | null;
  last_restart_reason: string | null;
  credential_issued_at: Date | null;
  invalid_message_count: bigint;
  last_invalid_at: Date | null;
  last_invalid_reason: string | null;
  firmware_version: string | null;
  target_firmware_version: string | null;
}

/** Which diagnostics to close: those of commands that have just ended, or all that were left behind. */
export type DiagnosticChoice = { commandIds: readonly string[] } | { leftBehindBefore: Date };

/** Loads and locks them with one query, however many. */
export async function loadFacts(tx: Transaction, choice: DiagnosticChoice, now: Date): Promise<DiagnosticFacts[]> {
  const chosen =
    "commandIds" in choice
      ? Prisma.sql`c.id = ANY(${choice.commandIds}::uuid[])`
      : Prisma.sql`(c.finished_at IS NOT NULL OR (c.id IS NULL AND g.requested_at < ${choice.leftBehindBefore}::timestamptz))`;
  const rows = await tx.$queryRaw<FactRow[]>`
    SELECT g.id, g.device_key, d.device_id, d.farm_id, g.command_id, g.requested_at,
      c.state::text AS command_state, c.sent_at, c.acknowledged_at, c.finished_at, c.result, c.error, p.result AS previous_result,
      s.last_seen_at, d.power_source::text, s.battery_level, d.low_battery_threshold,
      d.offline_window_seconds, d.elevated_errors, d.high_errors, t.percent_per_day, t.trend_hours,
      s.signal_strength, coalesce(s.connection_type, d.connection_type)::text AS connection_type, s.error_count,
      s.last_restart_at, s.last_restart_reason, k.issued_at AS credential_issued_at,
      s.invalid_message_count, s.last_invalid_at, s.last_invalid_reason, s.firmware_version, d.target_firmware_version
    FROM diagnostic g
    JOIN device d ON d.id = g.device_key
    JOIN device_state s ON s.device_key = d.id
    LEFT JOIN device_command c ON c.id = g.command_id
    LEFT JOIN LATERAL (
      SELECT max(issued_at) AS issued_at FROM device_credential
      WHERE device_key = d.id AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > ${now}::timestamptz)) k ON true
    LEFT JOIN LATERAL (
      SELECT regr_slope(battery_last, extract(epoch FROM hour) / 86400)::float8 AS percent_per_day, count(*) AS trend_hours
      FROM health_sample WHERE device_key = d.id AND battery_last IS NOT NULL AND hour > ${now}::timestamptz - interval '7 days') t ON true
    LEFT JOIN LATERAL (
      SELECT pc.result FROM diagnostic pg JOIN device_command pc ON pc.id = pg.command_id
      WHERE pg.device_key = d.id AND pg.id <> g.id AND pc.state = 'succeeded' ORDER BY pg.requested_at DESC LIMIT 1) p ON true
    WHERE g.finished_at IS NULL AND ${chosen}
    ORDER BY g.id FOR UPDATE OF g`;
  return rows.map(toFacts);
}

function toFacts(row: FactRow): DiagnosticFacts {
  return {
    id: row.id,
    deviceKey: row.device_key,
    deviceId: row.device_id,
    farmId: row.farm_id,
    commandId: row.command_id,
    outcome: outcomeOf(row),
    previousResult: row.previous_result,
    server: {
      lastSeenAt: row.last_seen_at,
      powerSource: row.power_source,
      batteryLevel: row.battery_level,
      lowBatteryThreshold: row.low_battery_threshold,
      offlineWindowSeconds: row.offline_window_seconds,
      elevatedErrors: row.elevated_errors,
      highErrors: row.high_errors,
      batteryPercentPerDay: row.percent_per_day,
      batteryHours: Number(row.trend_hours),
      signalStrength: row.signal_strength,
      connectionType: row.connection_type,
      errorCount: row.error_count,
      lastRestartAt: row.last_restart_at,
      lastRestartReason: row.last_restart_reason,
      credentialIssuedAt: row.credential_issued_at,
      invalidMessageCount: Number(row.invalid_message_count),
      lastInvalidAt: row.last_invalid_at,
      lastInvalidReason: row.last_invalid_reason,
      clockSkewMs: null,
      firmwareVersion: row.firmware_version,
      targetFirmwareVersion: row.target_firmware_version,
    },
  };
}

function outcomeOf(row: FactRow): SelfTestOutcome {
  if (row.command_state === "succeeded")
    return { kind: "answered", result: row.result, tookMs: (row.finished_at?.getTime() ?? 0) - row.requested_at.getTime() };
  if (row.command_state === "failed") return { kind: "failed", error: row.error };
  const reached = row.acknowledged_at ? "acknowledged" : row.sent_at ? "sent" : "waiting";
  return { kind: "no_answer", reached, cancelled: row.command_state === "cancelled" };
}
