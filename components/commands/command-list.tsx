"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { Tone } from "@/components/ui/tone";
import type { CommandKind, CommandState } from "@/server/domain/commands/schema";

const KIND_LABELS: Record<CommandKind, string> = {
  identify: "Identify",
  restart: "Restart",
  diagnostic: "Diagnostic",
  configure: "Configure",
  firmware_update: "Firmware update",
};

const STATE_FACTS: Record<CommandState, { label: string; tone: Tone }> = {
  queued: { label: "Queued", tone: "unknown" },
  sent: { label: "Sent", tone: "info" },
  acknowledged: { label: "Acknowledged", tone: "info" },
  succeeded: { label: "Done", tone: "healthy" },
  failed: { label: "Failed", tone: "critical" },
  expired: { label: "Expired", tone: "warning" },
  cancelled: { label: "Cancelled", tone: "unknown" },
};

/** A device's last commands and how far each got; absent until there is one. */
export function CommandList({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.commands.list.queryOptions({ deviceId, limit: 5 }));
  if (data.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Commands" divided />
      <ul className="divide-y">
        {data.map((command) => (
          <li key={command.id} className="flex items-center justify-between gap-3 px-4 py-2.5">
            <div className="min-w-0">
              <p className="font-medium">{KIND_LABELS[command.kind]}</p>
              {command.error ? <p className="text-sm text-ink-2">{command.error}</p> : null}
            </div>
            <div className="flex shrink-0 items-center gap-3">
              <RelativeTime at={command.issuedAt} className="text-sm text-ink-3" />
              <Badge tone={STATE_FACTS[command.state].tone}>{STATE_FACTS[command.state].label}</Badge>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
