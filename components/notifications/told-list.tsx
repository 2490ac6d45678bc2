"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellOff, type LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ALERT_ICONS, SEVERITY_TONES } from "@/components/alerts/alert-facts";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Tone } from "@/components/ui/tone";
import { ALERT_TYPE_LABELS } from "@/server/domain/alerts/vocabulary";
import type { NotificationView } from "@/server/services/notifications/list-notifications";
import {
  CHANNEL_LABELS,
  DROP_LABELS,
  KIND_LABELS,
  ROLLOUT_EVENT_ICONS,
  ROLLOUT_EVENT_TONES,
  STATE_LABELS,
  STATE_TONES,
} from "./notification-facts";

/** What the person was told, is to be told, or was not told and why; the newest first. */
export function ToldList() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const pages = useInfiniteQuery(trpc.notifications.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }));
  const unread = useQuery(trpc.notifications.unread.queryOptions());
  const markRead = useMutation(
    trpc.notifications.markRead.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() }),
    }),
  );
  const told = pages.data?.pages.flatMap((page) => page.notifications);
  return (
    <Card>
      <CardHeader
        title="What you were told"
        divided
        aside={
          unread.data?.unread ? (
            <Button size="sm" loading={markRead.isPending} onClick={() => markRead.mutate()}>
              Mark {unread.data.unread.toLocaleString("en")} as read
            </Button>
          ) : null
        }
      />
      {pages.isError ? (
        <ErrorState level={3} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      ) : !told ? (
        <SkeletonRows count={3} className="h-12" />
      ) : told.length === 0 ? (
        <EmptyState
          level={3}
          icon={<BellOff />}
          title="Nothing yet"
          description="What a rule of yours tells you is written down here for 90 days, with when and how."
        />
      ) : (
        <ul className="divide-y">
          {told.map((notification) => (
            <Told key={notification.id} told={notification} />
          ))}
        </ul>
      )}
      {pages.hasNextPage ? (
        <CardFooter>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older ones
          </Button>
        </CardFooter>
      ) : null}
    </Card>
  );
}

function Told({ told }: { told: NotificationView }) {
  const { icon: Icon, tone, path, place, what, noRule } = told.about === "alert" ? alertFacts(told) : rolloutFacts(told);
  const isNew = told.channel === "in_app" && told.state === "sent" && told.readAt === null;
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-sunken/60">
      <IconTile tone={tone}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className={isNew ? "truncate font-semibold" : "truncate font-medium"}>
          <Link href={path} className="-outline-offset-2 after:absolute after:inset-0">
            {place}
          </Link>
          {isNew ? <span className="sr-only">, new</span> : null}
        </p>
        <p className="text-sm text-ink-2">
          {what}: {told.text}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
          <Badge tone={STATE_TONES[told.state]}>
            {CHANNEL_LABELS[told.channel]}: {STATE_LABELS[told.state].toLowerCase()}
          </Badge>
          <span>{told.dropped ? DROP_LABELS[told.dropped] : (told.error ?? told.rule ?? noRule)}</span>
        </p>
      </div>
      <RelativeTime at={told.sentAt ?? (told.state === "waiting" ? told.dueAt : told.plannedAt)} className="text-sm text-ink-2" />
    </li>
  );
}

type About<Subject> = Extract<NotificationView, { about: Subject }>;

interface ToldFacts {
  icon: LucideIcon;
  tone: Tone;
  path: string;
  place: ReactNode;
  what: string;
  /** Why somebody is told without a rule. */
  noRule: string;
}

function alertFacts({ type, alertState, severity, alertId, deviceId, place, kind }: About<"alert">): ToldFacts {
  return {
    icon: ALERT_ICONS[type],
    tone: alertState === "resolved" ? "unknown" : SEVERITY_TONES[severity],
    path: `/alerts/${alertId}`,
    place: (
      <>
        {deviceId ? <span className="mr-1.5 font-mono tracking-tight">{deviceId}</span> : null}
        {place ?? ALERT_TYPE_LABELS[type]}
      </>
    ),
    what: KIND_LABELS[kind],
    noRule: "a rule that is gone",
  };
}

function rolloutFacts({ event, stands, rolloutId, name, title, isOwn }: About<"rollout">): ToldFacts {
  return {
    icon: ROLLOUT_EVENT_ICONS[event],
    tone: stands ? ROLLOUT_EVENT_TONES[event] : "unknown",
    path: `/rollouts/${rolloutId}`,
    place: name,
    what: title,
    noRule: isOwn ? "you made it" : "a rule that is gone",
  };
}
