"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { QueryGate } from "@/components/console/query-gate";
import { BackLink } from "@/components/patterns/back-link";
import { DefinitionList } from "@/components/patterns/definition-list";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { StatCard } from "@/components/patterns/stat-card";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { WebhookView } from "@/server/services/webhooks/views";
import { DeliveriesCard } from "./deliveries-card";
import { WebhookActions } from "./webhook-actions";
import { describeEvents, describeFarms, OFF_REASONS, stateOf } from "./webhook-facts";

/** One endpoint: how it does, what it is told, and each message. */
export function WebhookScreen({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.webhooks.get.queryOptions({ id }));
  const back = <BackLink href="/settings/webhooks">Webhooks</BackLink>;
  return (
    <QueryGate query={query} missing={{ title: "There is no such webhook", description: "It may have been deleted.", action: back }}>
      {(webhook) => {
        const { label, tone } = stateOf(webhook);
        return (
          <div className="max-w-5xl">
            <PageHeader
              back={back}
              title={webhook.name}
              badge={<Badge tone={tone}>{label}</Badge>}
              subtitle={<span className="break-all">{webhook.url}</span>}
              actions={<WebhookActions webhook={webhook} />}
            />
            <div className="flex flex-col gap-4">
              <Notices webhook={webhook} />
              <Figures webhook={webhook} />
              <Settings webhook={webhook} />
              <DeliveriesCard webhook={webhook} />
            </div>
          </div>
        );
      }}
    </QueryGate>
  );
}

function Notices({ webhook: { enabled, offReason, offSince, failingSince, holdUntil } }: { webhook: WebhookView }) {
  if (!enabled && offReason) {
    return (
      <Callout tone="critical" title="It was switched off">
        {OFF_REASONS[offReason]} That was <RelativeTime at={offSince} suffix=" ago" />. Nothing is kept for it meanwhile; mend the receiver
        and switch it on again.
      </Callout>
    );
  }
  if (!enabled) return null;
  return (
    <>
      {failingSince ? (
        <Callout tone="warning" title="Nothing is accepted">
          Every attempt has failed for <RelativeTime at={failingSince} />. After five days it is switched off.
        </Callout>
      ) : null}
      {holdUntil && new Date(holdUntil) > new Date() ? (
        <Callout tone="info">
          The receiver asked to be left alone. Messages go on <RelativeTime at={holdUntil} due="now" />.
        </Callout>
      ) : null}
    </>
  );
}

function Figures({ webhook: { lastDay, waiting, dead } }: { webhook: WebhookView }) {
  const { tried, delivered } = lastDay;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      <StatCard
        className="max-sm:col-span-2"
        label="Delivered, last day"
        value={tried === 0 ? "—" : `${Math.floor((delivered / tried) * 100)} %`}
        note={tried === 0 ? "Nothing was sent" : `${delivered.toLocaleString("en")} of ${tried.toLocaleString("en")} messages`}
      />
      <StatCard label="Waiting" value={waiting.toLocaleString("en")} note="Under way or to be tried again" />
      <StatCard
        label="Dead letters"
        value={dead.toLocaleString("en")}
        tone={dead > 0 ? "critical" : undefined}
        note="Given up; can be sent again"
      />
    </div>
  );
}

function Settings({ webhook }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const { events, farmIds, secretSince, formerSecretUntil } = webhook;
  const overlaps = formerSecretUntil !== null && new Date(formerSecretUntil) > new Date();
  return (
    <Card>
      <CardHeader title="Settings" divided />
      <CardBody>
        <DefinitionList
          items={[
            {
              term: "Events",
              value: (
                <details>
                  <summary className="w-fit cursor-pointer rounded-inner pointer-coarse:py-2">{describeEvents(events)}</summary>
                  <ul className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 font-mono text-sm tracking-tight text-ink-2">
                    {events.map((event) => (
                      <li key={event}>{event}</li>
                    ))}
                  </ul>
                </details>
              ),
            },
            { term: "Farms", value: describeFarms(farmIds, farms.data ?? []) },
            {
              term: "Signing secret",
              value: (
                <>
                  Made <RelativeTime at={secretSince} suffix=" ago" />
                  {overlaps ? (
                    <span className="text-ink-2">
                      {" · "}the former one signs as well, ending <RelativeTime at={formerSecretUntil} due="now" />
                    </span>
                  ) : null}
                </>
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
