"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useTRPC } from "@/components/console/trpc";
import { formatPower, formatSignal } from "@/components/devices/format-readings";
import { Spinner } from "@/components/ui/spinner";

/** If the live stream is broken, the answer still comes, only later. */
const FALLBACK_MS = 10_000;

/** Turns from waiting to connected when the device's first message arrives. */
export function WaitingForDevice({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.devices.get.queryOptions({ deviceId }), refetchInterval: FALLBACK_MS });
  const connected = Boolean(data?.lastSeenAt);
  const facts = data
    ? [
        data.firmwareVersion ? `firmware ${data.firmwareVersion}` : null,
        formatPower(data.powerSource, data.batteryLevel),
        data.signalStrength === null ? null : `${formatSignal(data.signalStrength)} dBm`,
      ].filter(Boolean)
    : [];
  return (
    <div role="status" className={`flex items-center gap-3.5 panel p-4 ${connected ? "border-healthy/40 bg-healthy-soft" : ""}`}>
      {connected ? (
        <CircleCheck aria-hidden className="size-6 shrink-0 text-healthy" />
      ) : (
        <Spinner className="size-6 shrink-0 text-accent" />
      )}
      <div>
        <p className="font-semibold">{connected ? "Connected" : "Waiting for the device…"}</p>
        <p className="text-sm text-ink-2">
          {connected
            ? ["First message received", ...facts].join(" · ")
            : "This turns green by itself when its first message arrives. You can leave this page."}
        </p>
      </div>
    </div>
  );
}
