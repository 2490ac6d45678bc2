"use client";

import { useQuery } from "@tanstack/react-query";
import { BatteryWarning, Hourglass } from "lucide-react";
import { useTRPC } from "@/components/console/trpc";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { describeBattery } from "./describe-battery";

/** When this device will need a battery, in a sentence. Nothing is said of devices without one. */
export function BatteryNote({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.overview.battery.queryOptions({ deviceId }));
  if (isError) return null;
  if (!data) return <Skeleton className="h-12 rounded-card" />;
  const { outlook, threshold, slopePerDay, days } = data;
  if (outlook.kind === "unknown" && outlook.reason === "mains") return null;
  const isUrgent = outlook.kind === "low" || outlook.kind === "due";
  const Icon = isUrgent ? BatteryWarning : Hourglass;
  return (
    <Card className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", isUrgent ? "text-warning" : "text-ink-3")} />
      <p suppressHydrationWarning>
        <span className="font-medium">Battery outlook.</span> {describeBattery(outlook, threshold, new Date())}
        {slopePerDay !== null && outlook.kind !== "unknown" ? (
          <span className="text-ink-3">
            {" "}
            {slopePerDay.toFixed(2).replace("-", "\u2212")} % a day over {days} days.
          </span>
        ) : null}
      </p>
    </Card>
  );
}
