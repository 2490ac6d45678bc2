"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { CHANNEL_LABELS, DROP_LABELS, STATE_LABELS } from "@/components/notifications/notification-facts";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import type { ToldOfAlert } from "@/server/services/notifications/list-told-of-alert";

/** Who was told of an alert, how and when; nothing when no rule speaks of it. */
export function ToldCard({ alertId }: { alertId: string }) {
  const trpc = useTRPC();
  const { data: told = [] } = useQuery(trpc.notifications.ofAlert.queryOptions({ alertId }));
  if (told.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Who was told" divided />
      <ul className="divide-y">
        {told.map((one) => (
          <li key={one.id} className="flex items-start justify-between gap-3 px-4 py-2.5">
            <span className="min-w-0">
              {one.person}
              <span className="block text-sm text-ink-2">{howTold(one)}</span>
            </span>
            <RelativeTime at={one.sentAt ?? one.dueAt} suffix=" ago" className="text-sm text-ink-2" />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function howTold({ channel, kind, state, dropped, error }: ToldOfAlert): string {
  const what = kind === "over" ? " that it is over" : kind === "worsened" ? " that it got worse" : "";
  if (state === "sent") return `${CHANNEL_LABELS[channel]}${what}`;
  return `${CHANNEL_LABELS[channel]}${what}: ${STATE_LABELS[state].toLowerCase()}${dropped ? `, ${DROP_LABELS[dropped]}` : ""}${error ? `, ${error}` : ""}`;
}
