"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { KeyRound, RefreshCw, ShieldCheck, ShieldOff } from "lucide-react";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { CopyButton } from "@/components/patterns/copy-button";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { SigningKeyView } from "@/server/services/firmware/signing-keys";

const STATES = {
  signs: { label: "Signs", tone: "healthy", icon: <ShieldCheck aria-hidden /> },
  trusted: { label: "Trusted until the next rotation", tone: "info", icon: <KeyRound aria-hidden /> },
  retired: { label: "No longer trusted", tone: "unknown", icon: <ShieldOff aria-hidden /> },
} as const;

/** The keys that firmware is signed with, and putting a new one into use (DESIGN 7, artifacts). */
export function SigningKeysScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.firmware.signingKeys.queryOptions());
  const [active] = query.data ?? [];
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Signing keys"
        subtitle="Every firmware command is signed. A device takes only what a key it trusts has signed."
        actions={active ? <Rotate active={active} former={query.data?.[1]} /> : undefined}
      />
      {query.isError ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : !query.data ? (
        <div aria-busy>
          <LoadingLabel />
          <Skeleton className="h-64 rounded-card" />
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          {active && !active.canSign ? (
            <Callout tone="critical" title="Firmware cannot be signed">
              The key cannot be opened: SESSION_SECRET has changed since it was made. Restore it, or rotate the key; devices then have to be
              provisioned again, as nobody can vouch for the new one.
            </Callout>
          ) : null}
          <Card>
            <ol aria-label="Signing keys" className="divide-y">
              {query.data.map((key) => (
                <KeyItem key={key.kid} signingKey={key} />
              ))}
            </ol>
          </Card>
          <HowItWorks />
        </div>
      )}
    </div>
  );
}

function KeyItem({ signingKey: { kid, createdAt, retiredAt, state, isEndorsed } }: { signingKey: SigningKeyView }) {
  const { label, tone, icon } = STATES[state];
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <code className="font-mono font-semibold tracking-tight break-all">{kid}</code>
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
        </p>
        <p className="mt-0.5 text-sm text-ink-2">
          In use since <RelativeTime at={createdAt} suffix=" ago" />
          {retiredAt ? (
            <>
              {" · "}replaced <RelativeTime at={retiredAt} suffix=" ago" />
            </>
          ) : null}
        </p>
        {isEndorsed ? null : (
          <p className="text-sm text-warning">The key before could not vouch for it: devices that knew only that one take no updates.</p>
        )}
      </div>
      <CopyButton text={kid} label="Copy key ID" variant="ghost" size="icon-sm" className="shrink-0" />
    </li>
  );
}

function Rotate({ active, former }: { active: SigningKeyView; former: SigningKeyView | undefined }) {
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const rotate = useMutation(trpc.firmware.rotateSigningKey.mutationOptions());
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <RefreshCw aria-hidden />
        Rotate key…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Sign with a new key?"
        consequence={<Consequence canVouch={active.canSign} dropped={former} />}
        confirmLabel="Rotate key"
        tone={active.canSign ? "plain" : "danger"}
        onConfirm={async () => {
          await rotate.mutateAsync({ activeKid: active.kid });
          toast.success("A new key signs from now on");
        }}
        describeFailure={(error) => (error as ApiError).message}
      />
    </>
  );
}

function Consequence({ canVouch, dropped }: { canVouch: boolean; dropped: SigningKeyView | undefined }) {
  if (!canVouch)
    return "The present key cannot be opened, so it cannot vouch for the new one. Every device has to be provisioned again before it takes an update.";
  return (
    <>
      <span className="block">
        A new key signs every firmware command from now on. The present one vouches for it and stays trusted until the next rotation:
        updates that are under way go on.
      </span>
      <span className="mt-2 block">Devices learn of it by themselves, with the first command that it signs. Nobody has to visit them.</span>
      {dropped ? (
        <span className="mt-2 block">
          <code className="font-mono break-all">{dropped.kid}</code> is no longer trusted by devices that have learnt of the new key.
        </span>
      ) : null}
      <span className="mt-2 block">It cannot be undone.</span>
    </>
  );
}

function HowItWorks() {
  return (
    <Card>
      <CardHeader title="When to rotate" divided />
      <ul className="list-disc space-y-1.5 py-3 pr-4 pl-9 text-ink-2">
        <li>Now and then, for example once a year. Devices trust two keys at a time: the one that signs and the one before.</li>
        <li>
          When somebody may have copied a key: <b className="font-medium text-ink">twice</b>. What the copied key has signed is then worth
          nothing to devices that have learnt of the new ones.
        </li>
        <li>
          A device learns of a new key when it gets a command signed with it: it fetches the public keys and follows how each vouched for
          the next. One that slept through several rotations finds its way too.
        </li>
        <li>Private keys never leave the server; they are sealed with SESSION_SECRET, which belongs into the backup.</li>
      </ul>
    </Card>
  );
}
