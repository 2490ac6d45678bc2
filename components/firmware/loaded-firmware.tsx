"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryGate } from "@/components/console/query-gate";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";

/** One version, or what stands in its place. */
export function LoadedFirmware({ firmwareId, children }: { firmwareId: string; children: (firmware: FirmwarePageView) => ReactNode }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.firmware.get.queryOptions({ id: firmwareId }));
  return (
    <QueryGate
      query={query}
      missing={{
        title: "There is no such firmware version",
        description: "It does not exist, or it is a draft that was deleted.",
        action: <BackLink href="/firmware">All firmware</BackLink>,
      }}
    >
      {children}
    </QueryGate>
  );
}
