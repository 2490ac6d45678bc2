import type { Transaction } from "@/server/db/client";
import type { CalibrationStatus, ConnectionType, FirmwareUpdateStatus, HealthStatus } from "@/server/domain/devices/vocabulary";
import type { DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import type { ReportedState } from "@/server/domain/devices/fold-uplink";
import type { Thresholds } from "@/server/domain/health/thresholds";
import { attentionReasons, type AttentionFacts, healthScore, healthStatus, signalQuality } from "@/server/domain/health/policy";

/** A device's state together with what its health is judged by. */
export interface StateRow {
  deviceKey: string;
  deviceId: string;
  farmId: string;
  lifecycle: DeviceLifecycle;
  thresholds: Thresholds;
  calibrationStatus: CalibrationStatus;
  firmwareUpdateStatus: FirmwareUpdateStatus;
  healthStatus: HealthStatus;
  reported: ReportedState;
}

/** Loads and locks the states of many devices with one query, in key order so that two batches cannot deadlock. */
export async function lockStates(tx: Transaction, deviceIds: string[]): Promise<Map<string, StateRow>> {
  const rows = await tx.$queryRaw<Record<string, unknown>[]>`
    SELECT d.id, d.device_id, d.farm_id, d.lifecycle::text, d.low_battery_threshold, d.offline_window_seconds,
           d.weak_signal_threshold, d.elevated_errors, d.high_errors, d.calibration_status::text,
           d.firmware_update_status::text, s.health_status::text, s.last_seen_at, s.connected, s.disconnected_at, s.boot_id,
           s.previous_boot_id, s.last_seq, s.device_time, s.firmware_version, s.battery_level, s.battery_voltage,
           s.signal_strength, s.ssid, s.connection_type::text, s.error_count, s.uptime_seconds, s.total_uptime_seconds,
           s.restart_count, s.last_restart_at, s.last_restart_reason, s.data_transmitted_bytes, s.boot_bytes_transmitted,
           s.message_count, s.invalid_message_count, s.last_invalid_at, s.last_invalid_reason
    FROM device d JOIN device_state s ON s.device_key = d.id
    WHERE d.device_id = ANY(${deviceIds})
    ORDER BY d.id FOR UPDATE OF s`;
  return new Map(rows.map((row) => [row.device_id as string, toStateRow(row)]));
}

function toStateRow(row: Record<string, unknown>): StateRow {
  return {
    deviceKey: row.id as string,
    deviceId: row.device_id as string,
    farmId: row.farm_id as string,
    lifecycle: row.lifecycle as DeviceLifecycle,
    thresholds: {
      offlineWindowSeconds: row.offline_window_seconds as number,
      lowBatteryThreshold: row.low_battery_threshold as number,
      weakSignalThreshold: row.weak_signal_threshold as number,
      elevatedErrors: row.elevated_errors as number,
      highErrors: row.high_errors as number,
    },
    calibrationStatus: row.calibration_status as CalibrationStatus,
    firmwareUpdateStatus: row.firmware_update_status as FirmwareUpdateStatus,
    healthStatus: row.health_status as HealthStatus,
    reported: {
      lastSeenAt: row.last_seen_at as Date | null,
      connected: row.connected as boolean,
      disconnectedAt: row.disconnected_at as Date | null,
      bootId: row.boot_id as string | null,
      previousBootId: row.previous_boot_id as string | null,
      lastSeq: numberOrNull(row.last_seq),
      deviceTime: row.device_time as Date | null,
      firmwareVersion: row.firmware_version as string | null,
      batteryLevel: row.battery_level as number | null,
      batteryVoltage: row.battery_voltage as number | null,
      signalStrength: row.signal_strength as number | null,
      ssid: row.ssid as string | null,
      connectionType: row.connection_type as ConnectionType | null,
      errorCount: row.error_count as number,
      uptimeSeconds: numberOrNull(row.uptime_seconds),
      totalUptimeSeconds: Number(row.total_uptime_seconds),
      restartCount: row.restart_count as number,
      lastRestartAt: row.last_restart_at as Date | null,
      lastRestartReason: row.last_restart_reason as string | null,
      dataTransmittedBytes: Number(row.data_transmitted_bytes),
      bootBytesTransmitted: numberOrNull(row.boot_bytes_transmitted),
      messageCount: Number(row.message_count),
      invalidMessageCount: Number(row.invalid_message_count),
      lastInvalidAt: row.last_invalid_at as Date | null,
      lastInvalidReason: row.last_invalid_reason as string | null,
    },
  };
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

/** Writes many states with one statement, health judged by the pure rules. */
export async function writeStates(tx: Transaction, rows: readonly StateRow[], now: Date): Promise<void> {
  const records = rows.map((row) => toRecord(row, now));
  await tx.$executeRaw`
    UPDATE device_state s SET
      last_seen_at = r.last_seen_at, connected = r.connected, disconnected_at = r.disconnected_at, boot_id = r.boot_id,
      previous_boot_id = r.previous_boot_id, last_seq = r.last_seq, device_time = r.device_time,
      firmware_version = r.firmware_version, battery_level = r.battery_level, battery_voltage = r.battery_voltage,
      signal_strength = r.signal_strength, signal_quality = r.signal_quality::signal_quality, ssid = r.ssid,
      connection_type = r.connection_type::connection_type, error_count = r.error_count, uptime_seconds = r.uptime_seconds,
      total_uptime_seconds = r.total_uptime_seconds, restart_count = r.restart_count, last_restart_at = r.last_restart_at,
      last_restart_reason = r.last_restart_reason, data_transmitted_bytes = r.data_transmitted_bytes,
      boot_bytes_transmitted = r.boot_bytes_transmitted, message_count = r.message_count,
      invalid_message_count = r.invalid_message_count, last_invalid_at = r.last_invalid_at,
      last_invalid_reason = r.last_invalid_reason, health_status = r.health_status::health_status,
      health_score = r.health_score, needs_attention = r.needs_attention
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(
      device_key uuid, last_seen_at timestamptz, connected boolean, disconnected_at timestamptz, boot_id text,
      previous_boot_id text, last_seq bigint, device_time timestamptz, firmware_version text, battery_level real,
      battery_voltage real, signal_strength int, signal_quality text, ssid text, connection_type text, error_count int,
      uptime_seconds bigint, total_uptime_seconds bigint, restart_count int, last_restart_at timestamptz,
      last_restart_reason text, data_transmitted_bytes bigint, boot_bytes_transmitted bigint, message_count bigint,
      invalid_message_count bigint, last_invalid_at timestamptz, last_invalid_reason text, health_status text,
      health_score smallint, needs_attention boolean)
    WHERE s.device_key = r.device_key`;
}

/** What health is judged by, with a state of the device. */
export function factsOf({ thresholds, calibrationStatus, firmwareUpdateStatus }: StateRow, state: ReportedState): AttentionFacts {
  return { ...state, ...thresholds, calibrationStatus, firmwareUpdateStatus };
}

function toRecord(row: StateRow, now: Date) {
  const state = row.reported;
  const facts = factsOf(row, state);
  // Whether somebody listened all the time is for the minute's check to know: no message makes a device silent.
  const hearing = { receivingSince: now, formerStatus: row.healthStatus };
  const status = healthStatus(facts, now, hearing);
  return {
    device_key: row.deviceKey,
    last_seen_at: state.lastSeenAt,
    connected: state.connected,
    disconnected_at: state.disconnectedAt,
    boot_id: state.bootId,
    previous_boot_id: state.previousBootId,
    last_seq: state.lastSeq,
    device_time: state.deviceTime,
    firmware_version: state.firmwareVersion,
    battery_level: state.batteryLevel,
    battery_voltage: state.batteryVoltage,
    signal_strength: state.signalStrength,
    signal_quality: signalQuality(state.signalStrength),
    ssid: state.ssid,
    connection_type: state.connectionType,
    error_count: state.errorCount,
    uptime_seconds: state.uptimeSeconds,
    total_uptime_seconds: state.totalUptimeSeconds,
    restart_count: state.restartCount,
    last_restart_at: state.lastRestartAt,
    last_restart_reason: state.lastRestartReason,
    data_transmitted_bytes: state.dataTransmittedBytes,
    boot_bytes_transmitted: state.bootBytesTransmitted,
    message_count: state.messageCount,
    invalid_message_count: state.invalidMessageCount,
    last_invalid_at: state.lastInvalidAt,
    last_invalid_reason: state.lastInvalidReason,
    health_status: status,
    health_score: healthScore(facts, status),
    needs_attention: row.lifecycle !== "maintenance" && attentionReasons(facts, now, hearing).length > 0,
  };
}
