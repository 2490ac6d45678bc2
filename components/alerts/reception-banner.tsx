"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { Callout } from "@/components/ui/callout";

const ASK_MS = 30_000;

/** Says above every page when nothing can be received: what one sees is then old, and silence proves nothing. */
export function ReceptionBanner() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.health.status.queryOptions(undefined, { refetchInterval: ASK_MS }));
  if (data?.reception.isReceiving !== false) return null;
  return (
    <section aria-label="Notice" data-print="hide" className="mb-4">
      <Callout tone="critical" title="No messages are received from any device" live>
        What you see is from before. Devices keep their data and send it when the connection is back; their silence raises no alerts
        meanwhile.
      </Callout>
    </section>
  );
}
