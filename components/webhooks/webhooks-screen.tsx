"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Webhook } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { WebhookView } from "@/server/services/webhooks/views";
import { describeEvents, describeFarms, stateOf, successShare } from "./webhook-facts";

const WebhookDialog = dynamic(() => import("./webhook-dialog").then((module) => module.WebhookDialog));

/** Whom the product tells what happens, and how they do. */
export function WebhooksScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.webhooks.list.queryOptions());
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Add webhook
    </Button>
  );
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Webhooks"
        subtitle="Other systems are told of devices, alerts, rollouts and imports as they happen, by signed messages."
        actions={query.data && query.data.length > 0 ? add : undefined}
      />
      {query.isError ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : !query.data ? (
        <div aria-busy>
          <LoadingLabel />
          <Skeleton className="h-44 rounded-card" />
        </div>
      ) : query.data.length === 0 ? (
        <Card>
          <EmptyState
            icon={<Webhook />}
            title="Nobody is told yet"
            description="Give the address of a system that wants to know what happens. It is told from then on, in order for each device, and again when it was away."
            action={add}
          />
        </Card>
      ) : (
        <DataList label="Webhooks">
          {query.data.map((webhook) => (
            <WebhookItem key={webhook.id} webhook={webhook} />
          ))}
        </DataList>
      )}
      {isAdding ? <WebhookDialog onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

function WebhookItem({ webhook }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const { label, tone } = stateOf(webhook);
  return (
    <DataListCard
      href={`/settings/webhooks/${webhook.id}`}
      title={webhook.name}
      subtitle={<span className="break-all">{webhook.url}</span>}
      trailing={<Badge tone={tone}>{label}</Badge>}
      facts={[
        `Last day: ${successShare(webhook.lastDay).toLowerCase()}`,
        webhook.waiting > 0 ? `${formatCount(webhook.waiting)} waiting` : null,
        webhook.dead > 0 ? `${formatCount(webhook.dead)} dead` : null,
        describeEvents(webhook.events),
        describeFarms(webhook.farmIds, farms.data ?? []),
      ]}
    />
  );
}
