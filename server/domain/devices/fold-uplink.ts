import type { ConnectionType } from "./vocabulary";

/** One message of a device, already validated, as far as its state is concerned. */
export type Uplink = { receivedAt: Date; bytes: number } & (
  | { kind: "heartbeat"; heartbeat: HeartbeatFacts }
  | { kind: "offline"; bootId: string }
  | { kind: "other" }
  | { kind: "invalid"; reason: string }
);

interface HeartbeatFacts {
  ts?: number;
  bootId: string;
  seq: number;
  firmwareVersion?: string;
  batteryLevel?: number;
  batteryVoltage?: number;
  signalStrength?: number;
  uptimeSeconds?: number;
  errorCount?: number;
  restartReason?: string;
  ssid?: string;
  connectionType?: ConnectionType;
  bytesTransmitted?: number;
}

/** What is known of a device from its own messages. Counters are numbers: 2^53 heartbeats are enough. */
export interface ReportedState {
  lastSeenAt: Date | null;
  connected: boolean;
  disconnectedAt: Date | null;
  bootId: string | null;
  previousBootId: string | null;
  lastSeq: number | null;
  deviceTime: Date | null;
  firmwareVersion: string | null;
  batteryLevel: number | null;
  batteryVoltage: number | null;
  signalStrength: number | null;
  ssid: string | null;
  connectionType: ConnectionType | null;
  errorCount: number;
  uptimeSeconds: number | null;
  totalUptimeSeconds: number;
  restartCount: number;
  lastRestartAt: Date | null;
  lastRestartReason: string | null;
  dataTransmittedBytes: number;
  bootBytesTransmitted: number | null;
  messageCount: number;
  invalidMessageCount: number;
  lastInvalidAt: Date | null;
  lastInvalidReason: string | null;
}

/**
 * The state after one more message (DESIGN 5). Server time orders; the device's clock is only stored.
 * - A will of another boot than the current one is stale and changes nothing.
 * - A heartbeat of a former boot, or with a `seq` not above the last, proves life but carries old values.
 * - A new `bootId` is a restart: the counters of the boot before are added up, the first boot ever counts as none.
 */
export function foldUplink(state: ReportedState, uplink: Uplink): ReportedState {
  if (uplink.kind === "offline") {
    if (state.bootId !== null && uplink.bootId !== state.bootId) return state;
    return { ...state, connected: false, disconnectedAt: uplink.receivedAt };
  }
  const heard: ReportedState = {
    ...state,
    lastSeenAt: later(state.lastSeenAt, uplink.receivedAt),
    connected: true,
    messageCount: state.messageCount + 1,
  };
  if (uplink.kind === "invalid") {
    return {
      ...heard,
      invalidMessageCount: state.invalidMessageCount + 1,
      lastInvalidAt: uplink.receivedAt,
      lastInvalidReason: uplink.reason,
    };
  }
  if (uplink.kind === "other") return countBytes(heard, uplink.bytes);
  const { heartbeat } = uplink;
  if (isStale(state, heartbeat)) return countBytes(heard, uplink.bytes);
  const booted = heartbeat.bootId === state.bootId ? heard : afterBoot(heard, heartbeat, uplink.receivedAt);
  return applyValues(countBytes(booted, heartbeat.bytesTransmitted === undefined ? uplink.bytes : 0), heartbeat);
}

function isStale(state: ReportedState, heartbeat: HeartbeatFacts): boolean {
  if (heartbeat.bootId === state.bootId) return state.lastSeq !== null && heartbeat.seq <= state.lastSeq;
  return heartbeat.bootId === state.previousBootId;
}

function afterBoot(state: ReportedState, heartbeat: HeartbeatFacts, at: Date): ReportedState {
  const isRestart = state.bootId !== null;
  return {
    ...state,
    bootId: heartbeat.bootId,
    previousBootId: state.bootId,
    totalUptimeSeconds: state.totalUptimeSeconds + (state.uptimeSeconds ?? 0),
    uptimeSeconds: null,
    dataTransmittedBytes: state.dataTransmittedBytes + (state.bootBytesTransmitted ?? 0),
    bootBytesTransmitted: null,
    restartCount: state.restartCount + (isRestart ? 1 : 0),
    lastRestartAt: isRestart ? at : state.lastRestartAt,
    lastRestartReason: isRestart ? (heartbeat.restartReason ?? null) : state.lastRestartReason,
  };
}

function applyValues(state: ReportedState, heartbeat: HeartbeatFacts): ReportedState {
  return {
    ...state,
    lastSeq: heartbeat.seq,
    deviceTime: heartbeat.ts === undefined ? state.deviceTime : new Date(heartbeat.ts),
    firmwareVersion: heartbeat.firmwareVersion ?? state.firmwareVersion,
    batteryLevel: heartbeat.batteryLevel ?? state.batteryLevel,
    batteryVoltage: heartbeat.batteryVoltage ?? state.batteryVoltage,
    signalStrength: heartbeat.signalStrength ?? state.signalStrength,
    ssid: heartbeat.ssid ?? state.ssid,
    connectionType: heartbeat.connectionType ?? state.connectionType,
    errorCount: heartbeat.errorCount ?? state.errorCount,
    uptimeSeconds: heartbeat.uptimeSeconds ?? state.uptimeSeconds,
    bootBytesTransmitted: heartbeat.bytesTransmitted ?? state.bootBytesTransmitted,
  };
}

/** Payload bytes as we count them, for devices that do not report their own volume. */
function countBytes(state: ReportedState, bytes: number): ReportedState {
  return state.bootBytesTransmitted === null ? { ...state, dataTransmittedBytes: state.dataTransmittedBytes + bytes } : state;
}

function later(a: Date | null, b: Date): Date {
  return a && a > b ? a : b;
}
