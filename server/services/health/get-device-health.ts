import { z } from "zod";
import { findingsOf } from "@/server/domain/alerts/conditions";
import { attentionReasons } from "@/server/domain/health/policy";
import { isOnline } from "@/server/domain/health/presence";
import { findDevice } from "@/server/services/devices/find-device";
import { listAlerts } from "@/server/services/alerts/list-alerts";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

export const deviceHealthSchema = z.object({ deviceId: z.string().max(20) });

/**
 * The health of one device for integrators (specification 7.2, `GET /devices/{id}/health`): status, score, readings,
 * what it is judged by, and its open alerts. Battery in percent, signal in dBm, times in UTC.
 * @throws not_found outside the caller's farms
 */
export async function getDeviceHealth({ ctx, input }: { ctx: ServiceContext; input: unknown }) {
  const { deviceId } = parseInput(deviceHealthSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const [state, open] = await Promise.all([
    ctx.db.deviceState.findUniqueOrThrow({ where: { deviceKey: device.id } }),
    listAlerts({ ctx, input: { deviceId, view: "all", pageSize: 50 } }),
  ]);
  const facts = { ...device, ...state };
  const isWatched = device.lifecycle === "active";
  return {
    deviceId,
    lifecycle: device.lifecycle,
    status: state.healthStatus,
    score: state.healthScore,
    needsAttention: state.needsAttention,
    attention: isWatched ? attentionReasons(facts, ctx.now) : [],
    findings: isWatched ? findingsOf(facts, ctx.now) : [],
    online: isOnline(facts, ctx.now),
    lastSeenAt: state.lastSeenAt,
    batteryLevel: state.batteryLevel,
    signalStrength: state.signalStrength,
    signalQuality: state.signalQuality,
    errorCount: state.errorCount,
    uptimeSeconds: state.uptimeSeconds === null ? null : Number(state.uptimeSeconds),
    firmwareVersion: state.firmwareVersion,
    thresholds: {
      offlineWindowSeconds: device.offlineWindowSeconds,
      lowBatteryThreshold: device.lowBatteryThreshold,
      weakSignalThreshold: device.weakSignalThreshold,
      elevatedErrors: device.elevatedErrors,
      highErrors: device.highErrors,
    },
    alerts: open.alerts
      .filter((alert) => alert.state !== "resolved")
      .map(({ id, type, severity, state: alertState, message, occurrenceCount, firstOccurrence, lastOccurrence }) => ({
        id,
        type,
        severity,
        state: alertState,
        message,
        occurrenceCount,
        firstOccurrence,
        lastOccurrence,
      })),
  };
}
