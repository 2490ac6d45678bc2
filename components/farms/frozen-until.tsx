"use client";

import { useNow } from "@/components/devices/use-now";
import { Badge } from "@/components/ui/badge";
import type { FarmView } from "@/server/services/farms/views";

/** Whether updates keep off a farm at the moment, until when by its own clocks, and why. */
export function FrozenUntil({ farm: { freezeUntil, freezeReason, timeZone } }: { farm: FarmView }) {
  const now = useNow();
  if (!freezeUntil || freezeUntil <= now) return "Allowed outside milking";
  return (
    <>
      <Badge tone="warning">Frozen</Badge>
      <span className="block pt-1">
        until {freezeUntil.toLocaleString("en-GB", { timeZone, dateStyle: "medium", timeStyle: "short" })}
        {freezeReason ? <span className="block text-ink-2">{freezeReason}</span> : null}
      </span>
    </>
  );
}
