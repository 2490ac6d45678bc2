import type { ReportedState, Uplink } from "../devices/fold-uplink";

const HOUR_MS = 3_600_000;

/** What one device reported within one hour, as far as it is known; added to what the hour holds already. */
export interface HourlySample {
  /** Start of the hour, UTC. */
  hour: Date;
  messages: number;
  /** Percent. */
  batteryMin: number | null;
  batteryMax: number | null;
  batteryLast: number | null;
  /** dBm */
  signalMin: number | null;
  signalMax: number | null;
  signalSum: number;
  signalCount: number;
  errorMax: number | null;
  /** Of the running boot, as last reported. */
  uptimeSeconds: number | null;
  restarts: number;
}

/**
 * Adds one message to the samples of its hour (server time). A message counts whatever it says; values count only when
 * the state took them over, so that what arrives late or twice does not bend the curves.
 * @param before state before the message was folded in
 * @param after state with it
 */
export function addToHour(samples: Map<number, HourlySample>, uplink: Uplink, before: ReportedState, after: ReportedState): void {
  // A will is the broker's word about a device, not a message of it.
  if (uplink.kind === "offline") return;
  const hourMs = Math.floor(uplink.receivedAt.getTime() / HOUR_MS) * HOUR_MS;
  const sample = samples.get(hourMs) ?? emptySample(hourMs);
  samples.set(hourMs, sample);
  sample.messages += 1;
  if (uplink.kind !== "heartbeat" || !tookOver(before, after)) return;
  const { batteryLevel, signalStrength, errorCount, uptimeSeconds } = uplink.heartbeat;
  if (batteryLevel !== undefined) {
    sample.batteryMin = Math.min(sample.batteryMin ?? batteryLevel, batteryLevel);
    sample.batteryMax = Math.max(sample.batteryMax ?? batteryLevel, batteryLevel);
    sample.batteryLast = batteryLevel;
  }
  if (signalStrength !== undefined) {
    sample.signalMin = Math.min(sample.signalMin ?? signalStrength, signalStrength);
    sample.signalMax = Math.max(sample.signalMax ?? signalStrength, signalStrength);
    sample.signalSum += signalStrength;
    sample.signalCount += 1;
  }
  if (errorCount !== undefined) sample.errorMax = Math.max(sample.errorMax ?? errorCount, errorCount);
  if (uptimeSeconds !== undefined) sample.uptimeSeconds = uptimeSeconds;
  sample.restarts += after.restartCount - before.restartCount;
}

/** Whether a heartbeat was news: another boot, or a higher number within the same one. */
function tookOver(before: ReportedState, after: ReportedState): boolean {
  return before.bootId !== after.bootId || before.lastSeq !== after.lastSeq;
}

function emptySample(hourMs: number): HourlySample {
  return {
    hour: new Date(hourMs),
    messages: 0,
    batteryMin: null,
    batteryMax: null,
    batteryLast: null,
    signalMin: null,
    signalMax: null,
    signalSum: 0,
    signalCount: 0,
    errorMax: null,
    uptimeSeconds: null,
    restarts: 0,
  };
}
