"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Ban, ShieldCheck, Smartphone, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { FARM_ROLE_FACTS } from "@/server/domain/people/policy";
import type { PendingInvitation, PersonView } from "@/server/services/people/list-people";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog));
const PersonDialog = dynamic(() => import("./person-dialog").then((module) => module.PersonDialog));

/** Everybody with access, and who is invited. */
export function PeopleScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.people.list.queryOptions());
  const [edited, setEdited] = useState<PersonView>();
  const [inviting, setInviting] = useState(false);
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="People"
        subtitle="Who may do what on which farm."
        actions={
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            Invite person
          </Button>
        }
      />
      <div className="mt-5 flex flex-col gap-4">
        {query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} />
        ) : !query.data ? (
          <Skeleton className="h-64 rounded-card" />
        ) : (
          <>
            <Card>
              <ul className="divide-y">
                {query.data.people.map((person) => (
                  <PersonRow key={person.id} person={person} onEdit={() => setEdited(person)} />
                ))}
              </ul>
            </Card>
            <Invitations invitations={query.data.invitations} />
          </>
        )}
      </div>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {edited ? <PersonDialog person={edited} onClose={() => setEdited(undefined)} /> : null}
    </div>
  );
}

function PersonRow({ person, onEdit }: { person: PersonView; onEdit: () => void }) {
  const rights = person.isAdmin
    ? "Everything, on every farm"
    : person.memberships.map(({ farmName, role }) => `${farmName}: ${FARM_ROLE_FACTS[role].label.toLowerCase()}`).join(" · ") ||
      "No farm yet";
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-semibold">
          {person.name}
          {person.isAdmin ? (
            <Badge tone="accent" icon={<ShieldCheck aria-hidden />}>
              Admin
            </Badge>
          ) : null}
          {person.hasSecondFactor ? (
            <Badge tone="healthy" icon={<Smartphone aria-hidden />}>
              Second factor
            </Badge>
          ) : null}
          {person.disabledAt ? (
            <Badge tone="unknown" icon={<Ban aria-hidden />}>
              Disabled
            </Badge>
          ) : null}
        </p>
        <p className="truncate text-sm text-ink-2">{person.email}</p>
        <p className="text-sm text-ink-3">{rights}</p>
      </div>
      <Button size="sm" onClick={onEdit} aria-label={`Change ${person.name}`}>
        Change
      </Button>
    </li>
  );
}

function Invitations({ invitations }: { invitations: PendingInvitation[] }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.people.list.queryOptions());
  const revoke = useMutation(
    trpc.people.revokeInvitation.mutationOptions({
      onError: (error: ApiError) => toast.error(error.message),
      onSettled: () => void query.refetch(),
    }),
  );
  if (invitations.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Invited" description="Links that are still open." divided />
      <ul className="divide-y">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex items-center gap-4 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="font-semibold">{invitation.name}</p>
              <p className="truncate text-sm text-ink-2">{invitation.email}</p>
              <p className="text-sm text-ink-3">
                Ends <RelativeTime at={invitation.expiresAt} />
              </p>
            </div>
            <Button
              size="sm"
              variant="ghost"
              className="text-critical"
              loading={revoke.isPending}
              onClick={() => revoke.mutate({ id: invitation.id })}
              aria-label={`Withdraw the invitation of ${invitation.name}`}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
