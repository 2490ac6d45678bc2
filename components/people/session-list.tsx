"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { LogOut, Monitor, Smartphone, Tablet } from "lucide-react";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { SessionView } from "@/server/services/people/list-sessions";
import { describeBrowser } from "./describe-browser";

const DEVICE_ICONS = { phone: Smartphone, tablet: Tablet, computer: Monitor };

/** The browsers where somebody is signed in, to end one or all but this; one's own unless a person is named. */
export function SessionList({ person }: { person?: { id: string; name: string } }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const personId = person?.id;
  const query = useQuery(trpc.people.sessions.queryOptions({ personId }));
  const [askedForAll, setAskedForAll] = useState(false);
  const end = useMutation(
    trpc.people.endSessions.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: trpc.people.sessions.pathKey() }) }),
  );
  const endOne = (session: SessionView) =>
    end.mutate(
      { personId, sessionId: session.id },
      {
        onSuccess: () => toast.success(`${describeBrowser(session.userAgent).name} is signed out`),
        onError: (error: ApiError) => toast.error(error.message),
      },
    );
  if (query.isError) return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  if (!query.data)
    return (
      <div aria-busy>
        <LoadingLabel />
        <Skeleton className="h-24" />
      </div>
    );
  if (query.data.length === 0) return <p className="text-ink-2">Signed in nowhere.</p>;
  const others = query.data.filter(({ isThisOne }) => !isThisOne).length;
  return (
    <>
      <ul aria-label="Where signed in" className="flex flex-col divide-y">
        {query.data.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isEnding={end.isPending && end.variables.sessionId === session.id}
            onEnd={() => endOne(session)}
          />
        ))}
      </ul>
      {others > 1 ? (
        <Button onClick={() => setAskedForAll(true)} className="mt-3">
          <LogOut aria-hidden />
          {person ? "Sign out everywhere" : "Sign out everywhere else"}
        </Button>
      ) : null}
      <ConfirmDialog
        open={askedForAll}
        onOpenChange={setAskedForAll}
        title={person ? `Sign ${person.name} out everywhere?` : "Sign out everywhere else?"}
        consequence={`${amountOf(others, "browser")} will have to sign in again. What was begun there and not saved is lost.`}
        confirmLabel="Sign out"
        onConfirm={async () => {
          const { ended } = await end.mutateAsync({ personId });
          toast.success(`${amountOf(ended, "browser")} signed out`);
        }}
      />
    </>
  );
}

interface SessionRowProps {
  session: SessionView;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const { name, device } = describeBrowser(session.userAgent);
  const Icon = DEVICE_ICONS[device];
  return (
    <li className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
      <IconTile tone={session.isThisOne ? "accent" : "unknown"}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {session.isThisOne ? <Badge tone="accent">This one</Badge> : null}
        </p>
        <p className="text-sm break-words text-ink-3">
          {session.address ? `${session.address} · ` : ""}
          signed in <RelativeTime at={session.signedInAt} suffix=" ago" />
          {session.isThisOne ? null : (
            <>
              {" · used "}
              <RelativeTime at={session.lastUsedAt} suffix=" ago" />
            </>
          )}
        </p>
      </div>
      {session.isThisOne ? null : (
        <Button size="sm" loading={isEnding} onClick={onEnd} aria-label={`Sign out ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
