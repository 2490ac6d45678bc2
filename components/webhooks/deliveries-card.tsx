"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Inbox, RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tab, Tabs, TabsList } from "@/components/ui/tabs";
import { toast } from "@/components/ui/toast";
import type { WebhookView } from "@/server/services/webhooks/views";
import { DeliveryRow } from "./delivery-row";

const DeliverySheet = dynamic(() => import("./delivery-sheet").then((module) => module.DeliverySheet));

const VIEWS = {
  all: { label: "All", states: [] },
  waiting: { label: "Waiting", states: ["waiting", "sending"] },
  delivered: { label: "Delivered", states: ["delivered"] },
  dead: { label: "Dead letters", states: ["dead"] },
} as const;
type View = keyof typeof VIEWS;
const VIEW_NAMES = Object.keys(VIEWS) as View[];

/** Each message of an endpoint, the newest first. */
export function DeliveriesCard({ webhook }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const [view, setView] = useQueryState("messages", parseAsStringLiteral(VIEW_NAMES).withDefault("all"));
  const [openId, setOpenId] = useState<string>();
  const pages = useInfiniteQuery(
    trpc.webhooks.deliveries.infiniteQueryOptions(
      { endpointId: webhook.id, states: [...VIEWS[view].states] },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const deliveries = pages.data?.pages.flatMap((page) => page.deliveries);
  return (
    <Card>
      <CardHeader
        title="Messages"
        description="Delivered ones are kept for a week, others for a month."
        aside={view === "dead" && webhook.dead > 0 ? <ReplayAll webhook={webhook} /> : null}
      />
      <Tabs value={view} onValueChange={(next) => void setView(next as View)} className="px-4">
        <TabsList>
          {VIEW_NAMES.map((name) => (
            <Tab key={name} value={name}>
              {VIEWS[name].label}
            </Tab>
          ))}
        </TabsList>
      </Tabs>
      {pages.isError ? (
        <ErrorState level={3} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      ) : !deliveries ? (
        <SkeletonRows count={2} className="h-12" />
      ) : deliveries.length === 0 ? (
        <EmptyState
          level={3}
          icon={<Inbox />}
          title={view === "all" ? "No messages yet" : "None"}
          description={
            view === "all"
              ? "As soon as something happens that it wants to know, the message stands here."
              : "No message of this endpoint is in this state."
          }
        />
      ) : (
        <ul aria-label="Messages" className="divide-y">
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpenId(delivery.id)} />
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
      {openId ? (
        <DeliverySheet endpointId={webhook.id} id={openId} canReplay={webhook.enabled} onClose={() => setOpenId(undefined)} />
      ) : null}
    </Card>
  );
}

function ReplayAll({ webhook: { id, dead, enabled } }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const replay = useMutation(trpc.webhooks.replay.mutationOptions());
  const messages = dead === 1 ? "1 message" : `${dead.toLocaleString("en")} messages`;
  return (
    <>
      <Button size="sm" disabled={!enabled} onClick={() => setAsking(true)}>
        <RotateCcw aria-hidden />
        Send all again…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Send ${messages} again?`}
        consequence="They go out in their old order, with the ids they had. Later messages of the same devices wait for them."
        confirmLabel="Send again"
        onConfirm={async () => {
          const { count } = await replay.mutateAsync({ endpointId: id, deliveries: "all_dead" });
          toast.success(`${count.toLocaleString("en")} on their way again`);
          await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
        }}
        describeFailure={(error) => (error as ApiError).message}
      />
    </>
  );
}
