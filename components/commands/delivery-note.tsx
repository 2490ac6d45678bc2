"use client";

import { useNow } from "@/components/devices/use-now";
import { Callout } from "@/components/ui/callout";
import { COMMAND_LIFETIME_SECONDS } from "@/server/domain/commands/schema";
import { isOnline, type PresenceFacts } from "@/server/domain/health/presence";

interface DeliveryNoteProps {
  device: PresenceFacts & { deviceId: string };
  kind: keyof typeof COMMAND_LIFETIME_SECONDS;
  className?: string;
}

/** For a device that is away: that the command waits for it, and how long. */
export function DeliveryNote({ device, kind, className }: DeliveryNoteProps) {
  const now = useNow();
  if (isOnline(device, now)) return null;
  return (
    <Callout tone="info" title={`${device.deviceId} is offline`} className={className}>
      It will be delivered when the device is back, until {formatDeadline(deadlineOf(kind, now), now)}. After that it expires.
    </Callout>
  );
}

/** When a command that is issued now is given up. */
export function deadlineOf(kind: keyof typeof COMMAND_LIFETIME_SECONDS, now: Date): Date {
  return new Date(now.getTime() + COMMAND_LIFETIME_SECONDS[kind] * 1000);
}

/** 16:05, or 3 Jun, 16:05 on another day: by the viewer's clock. */
export function formatDeadline(deadline: Date, now: Date): string {
  const time = deadline.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (deadline.toDateString() === now.toDateString()) return time;
  return `${deadline.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}
