import type { Transaction } from "@/server/db/client";
import type { HourlySample } from "@/server/domain/health/hourly-sample";

/** Samples of one device, from one batch. */
export interface DeviceSamples {
  deviceKey: string;
  samples: HourlySample[];
}

/**
 * Adds what a batch reported to its hours with one statement. Called while the devices' states are locked, so two
 * batches never add to one row at a time.
 */
export async function addSamples(tx: Transaction, devices: readonly DeviceSamples[]): Promise<void> {
  const records = devices.flatMap(({ deviceKey, samples }) => samples.map((sample) => toRecord(deviceKey, sample)));
  if (records.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO health_sample AS s (device_key, hour, messages, battery_min, battery_max, battery_last, signal_min, signal_max,
                                    signal_sum, signal_count, error_max, uptime_seconds, restarts)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(
      device_key uuid, hour timestamptz, messages int, battery_min real, battery_max real, battery_last real, signal_min int,
      signal_max int, signal_sum bigint, signal_count int, error_max int, uptime_seconds bigint, restarts int)
    ON CONFLICT (device_key, hour) DO UPDATE SET
      messages = s.messages + excluded.messages,
      battery_min = least(s.battery_min, excluded.battery_min),
      battery_max = greatest(s.battery_max, excluded.battery_max),
      battery_last = coalesce(excluded.battery_last, s.battery_last),
      signal_min = least(s.signal_min, excluded.signal_min),
      signal_max = greatest(s.signal_max, excluded.signal_max),
      signal_sum = s.signal_sum + excluded.signal_sum,
      signal_count = s.signal_count + excluded.signal_count,
      error_max = greatest(s.error_max, excluded.error_max),
      uptime_seconds = coalesce(excluded.uptime_seconds, s.uptime_seconds),
      restarts = s.restarts + excluded.restarts`;
}

function toRecord(deviceKey: string, sample: HourlySample) {
  return {
    device_key: deviceKey,
    hour: sample.hour,
    messages: sample.messages,
    battery_min: sample.batteryMin,
    battery_max: sample.batteryMax,
    battery_last: sample.batteryLast,
    signal_min: sample.signalMin,
    signal_max: sample.signalMax,
    signal_sum: sample.signalSum,
    signal_count: sample.signalCount,
    error_max: sample.errorMax,
    uptime_seconds: sample.uptimeSeconds,
    restarts: sample.restarts,
  };
}
