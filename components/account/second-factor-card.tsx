"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck, ShieldOff } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf } from "@/components/patterns/format-count";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { SecondFactorView } from "@/server/services/people/get-second-factor";

const EnableDialog = dynamic(() => import("./enable-second-factor").then((module) => module.EnableSecondFactor));
const DisableDialog = dynamic(() => import("./disable-second-factor").then((module) => module.DisableSecondFactor));
const NewCodesDialog = dynamic(() => import("./new-backup-codes").then((module) => module.NewBackupCodes));

const FEW_CODES = 3;

/** Turns the second factor on and off, and makes new backup codes. */
export function SecondFactorCard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const query = useQuery(trpc.people.secondFactor.queryOptions());
  const [asked, setAsked] = useState<"on" | "off" | "codes">();
  const close = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: trpc.people.pathKey() });
  };
  return (
    <Card>
      <CardHeader title="Second factor" description="A code from your phone, asked for after your password." divided />
      <CardBody>
        {query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : query.data ? (
          <Standing view={query.data} onAsk={setAsked} />
        ) : (
          <div aria-busy>
            <LoadingLabel />
            <Skeleton className="h-16" />
          </div>
        )}
      </CardBody>
      {asked === "on" ? <EnableDialog onClose={close} /> : null}
      {asked === "off" ? <DisableDialog onClose={close} /> : null}
      {asked === "codes" ? <NewCodesDialog onClose={close} /> : null}
    </Card>
  );
}

function Standing({ view, onAsk }: { view: SecondFactorView; onAsk: (asked: "on" | "off" | "codes") => void }) {
  const { isOn, backupCodesLeft } = view;
  if (!isOn)
    return (
      <>
        <p className="text-ink-2">
          Off. With it, a password that somebody has guessed or read opens nothing. You need an app that shows codes, for example 2FAS,
          Aegis or Google Authenticator.
        </p>
        <Button size="lg" className="mt-4" onClick={() => onAsk("on")}>
          <ShieldCheck aria-hidden />
          Turn on
        </Button>
      </>
    );
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone="healthy">On</Badge>
        <span className={backupCodesLeft <= FEW_CODES ? "font-medium" : "text-ink-2"}>
          {amountOf(backupCodesLeft, "backup code")} left{backupCodesLeft <= FEW_CODES ? ": make new ones" : ""}
        </span>
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button size="lg" onClick={() => onAsk("codes")}>
          New backup codes
        </Button>
        <Button size="lg" onClick={() => onAsk("off")}>
          <ShieldOff aria-hidden />
          Turn off
        </Button>
      </div>
    </>
  );
}
