"use client";

import { BatteryMedium, Clock, Gauge, Wifi } from "lucide-react";
import { RelativeTime } from "@/components/patterns/relative-time";
import { StatCard } from "@/components/patterns/stat-card";
import type { SignalQuality } from "@/server/domain/health/policy";
import { isOnline } from "@/server/domain/health/presence";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { formatPower, formatSignal, formatUptime } from "./format-readings";
import { useNow } from "./use-now";

const QUALITY_LABELS: Record<SignalQuality, string> = {
  excellent: "Excellent",
  good: "Good",
  fair: "Fair",
  poor: "Poor",
  none: "No signal reported",
};

function powerNote(device: DevicePageView): string {
  if (device.batteryVoltage !== null) return `${device.batteryVoltage.toFixed(2)} V`;
  return device.batteryLevel === null ? "no battery reported" : `warns below ${device.lowBatteryThreshold} %`;
}

function errorsOf(count: number): string {
  return count === 1 ? "1 error" : `${count} errors`;
}

/** The four readings people look for first; they change while one looks. */
export function LiveStatus({ device }: { device: DevicePageView }) {
  const now = useNow();
  const online = isOnline(device, now);
  const neverSeen = device.lastSeenAt === null;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatCard
        label="Connection"
        icon={<Clock aria-hidden />}
        value={neverSeen ? "Never seen" : online ? "Online" : "Offline"}
        tone={neverSeen ? undefined : online ? "healthy" : "critical"}
        note={neverSeen ? "waiting for the first message" : <RelativeTime at={device.lastSeenAt} suffix=" ago" />}
      />
      <StatCard
        label="Power"
        icon={<BatteryMedium aria-hidden />}
        value={formatPower(device.powerSource, device.batteryLevel) ?? "—"}
        tone={
          device.batteryLevel !== null && device.batteryLevel < device.lowBatteryThreshold
            ? device.batteryLevel < 10
              ? "critical"
              : "warning"
            : undefined
        }
        note={powerNote(device)}
      />
      <StatCard
        label="Signal"
        icon={<Wifi aria-hidden />}
        value={formatSignal(device.signalStrength) ?? "—"}
        of={device.signalStrength === null ? undefined : "dBm"}
        note={QUALITY_LABELS[device.signalQuality]}
      />
      <StatCard
        label="Health score"
        icon={<Gauge aria-hidden />}
        value={neverSeen ? "—" : device.healthScore}
        of={neverSeen ? undefined : "of 100"}
        note={
          device.uptimeSeconds === null
            ? errorsOf(device.errorCount)
            : `${errorsOf(device.errorCount)} · up ${formatUptime(device.uptimeSeconds)}`
        }
      />
    </div>
  );
}
