"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { QueryGate } from "@/components/console/query-gate";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { DefinitionList } from "@/components/patterns/definition-list";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ALERT_TYPE_LABELS } from "@/server/domain/alerts/vocabulary";
import type { AlertPageView } from "@/server/services/alerts/get-alert";
import { SEVERITY_LABELS, SEVERITY_TONES } from "./alert-facts";
import { AlertTimeline } from "./alert-timeline";
import { ToldCard } from "./told-card";
import { titleOf } from "./alert-row";
import { useAlertActions } from "./use-alert-actions";

const ResolveDialog = dynamic(() => import("./resolve-dialog").then((module) => module.ResolveDialog));
const SnoozeDialog = dynamic(() => import("./snooze-dialog").then((module) => module.SnoozeDialog));

/** One alert: what it is, what probably helps, what has happened. */
export function AlertScreen({ alertId }: { alertId: string }) {
  const trpc = useTRPC();
  const alert = useQuery(trpc.alerts.get.queryOptions({ id: alertId }, { retry: false }));
  return (
    <QueryGate
      query={alert}
      missing={{
        title: "There is no such alert",
        description: "It does not exist, or it is not on your farms.",
        action: <BackLink href="/alerts">All alerts</BackLink>,
      }}
    >
      {(data) => <Loaded alert={data} />}
    </QueryGate>
  );
}

function Loaded({ alert }: { alert: AlertPageView }) {
  return (
    <>
      <PageHeader
        back={<BackLink href="/alerts">Alerts</BackLink>}
        title={alert.device || alert.group ? `${ALERT_TYPE_LABELS[alert.type]}: ${titleOf(alert)}` : ALERT_TYPE_LABELS[alert.type]}
        subtitle={alert.message}
        badge={<Badge tone={SEVERITY_TONES[alert.severity]}>{SEVERITY_LABELS[alert.severity]}</Badge>}
        actions={alert.mayHandle ? <Actions alert={alert} /> : undefined}
      />
      <Standing alert={alert} />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <Card>
          <CardHeader title="Timeline" divided />
          <AlertTimeline alert={alert} />
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          {alert.state === "resolved" ? null : (
            <Card>
              <CardHeader title="Likely next step" divided />
              <CardBody className="pt-3">
                <p>{alert.nextStep}</p>
              </CardBody>
            </Card>
          )}
          <Card>
            <CardHeader title="Where" divided />
            <CardBody className="pt-3">
              <DefinitionList items={whereOf(alert)} />
            </CardBody>
          </Card>
          <ToldCard alertId={alert.id} />
          {alert.former.length > 0 ? <Former alert={alert} /> : null}
        </div>
      </div>
    </>
  );
}

function Actions({ alert }: { alert: AlertPageView }) {
  const [dialog, setDialog] = useState<"resolve" | "snooze">();
  const { acknowledge, wake } = useAlertActions();
  const ids = [alert.id];
  const close = () => setDialog(undefined);
  return (
    <>
      <Button onClick={() => setDialog("resolve")}>Resolve…</Button>
      {alert.isSnoozed ? (
        <Button loading={wake.isPending} onClick={() => wake.mutate({ ids })}>
          Bring back
        </Button>
      ) : (
        <Button onClick={() => setDialog("snooze")}>Snooze…</Button>
      )}
      {alert.state === "active" ? (
        <Button variant="primary" loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ ids })}>
          <Check aria-hidden />
          Acknowledge
        </Button>
      ) : null}
      {dialog === "resolve" ? <ResolveDialog ids={ids} onClose={close} /> : null}
      {dialog === "snooze" ? <SnoozeDialog ids={ids} onClose={close} /> : null}
    </>
  );
}

/** In whose hands it is. */
function Standing({ alert }: { alert: AlertPageView }) {
  if (alert.state === "resolved")
    return (
      <Callout tone="healthy" title={`Resolved ${alert.resolvedBy ? `by ${alert.resolvedBy}` : "by itself"}`}>
        {alert.resolutionNotes}
      </Callout>
    );
  if (alert.isSnoozed)
    return (
      <Callout tone="maintenance" title={`Snoozed${alert.snoozedBy ? ` by ${alert.snoozedBy}` : ""}`}>
        {alert.snoozeReason} Back <RelativeTime at={alert.snoozedUntil} />.
      </Callout>
    );
  if (alert.parentId)
    return (
      <Callout
        action={
          <Button size="sm" render={<Link href={`/alerts/${alert.parentId}`} />}>
            Open the group alert
          </Button>
        }
      >
        Many devices of its group are offline at once; the group alert speaks for this one.
      </Callout>
    );
  if (alert.state === "acknowledged")
    return (
      <Callout>
        {alert.acknowledgedBy ?? "Somebody"} has it in hand since <RelativeTime at={alert.acknowledgedAt} />.
      </Callout>
    );
  return <Callout tone={SEVERITY_TONES[alert.severity]}>Nobody has taken it yet.</Callout>;
}

function whereOf(alert: AlertPageView) {
  const { device } = alert;
  return [
    ...(device
      ? [
          {
            term: "Device",
            value: (
              <Link href={`/devices/${device.deviceId}`} className="font-medium text-accent hover:underline">
                {device.deviceId} {device.name}
              </Link>
            ),
          },
          { term: "Place", value: device.location },
          { term: "Last seen", value: <RelativeTime at={alert.lastSeenAt} suffix=" ago" /> },
        ]
      : []),
    ...(alert.memberCount > 0
      ? [
          {
            term: "Devices",
            value: (
              <Link href={`/alerts?under=${alert.id}&view=all`} className="font-medium text-accent hover:underline">
                The {alert.memberCount.toLocaleString("en")} alerts it speaks for
              </Link>
            ),
          },
        ]
      : []),
    { term: "Group", value: alert.group?.name },
    { term: "Farm", value: alert.farm?.name },
    { term: "Since", value: <RelativeTime at={alert.firstOccurrence} suffix=" ago" /> },
    { term: "Seen", value: `${alert.occurrenceCount.toLocaleString("en")} times` },
  ];
}

function Former({ alert }: { alert: AlertPageView }) {
  return (
    <Card>
      <CardHeader title="The same before" divided />
      <ul className="divide-y">
        {alert.former.map((former) => (
          <li key={former.id} className="relative flex items-center justify-between gap-3 px-4 py-2.5 hover:bg-sunken/60">
            <Link href={`/alerts/${former.id}`} className="-outline-offset-2 after:absolute after:inset-0">
              <RelativeTime at={former.firstOccurrence} suffix=" ago" />
            </Link>
            <span className="text-sm text-ink-3 tabular">{former.occurrenceCount.toLocaleString("en")}×</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
