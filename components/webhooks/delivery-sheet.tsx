"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { DefinitionList } from "@/components/patterns/definition-list";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { WebhookDeliveryDetails } from "@/server/services/webhooks/list-deliveries";
import { Excerpt } from "./excerpt";
import { DELIVERY_FACTS, subjectLabel } from "./webhook-facts";

interface DeliverySheetProps {
  endpointId: string;
  id: string;
  canReplay: boolean;
  onClose: () => void;
}

/** What is sent, and how each attempt went. */
export function DeliverySheet({ endpointId, id, canReplay, onClose }: DeliverySheetProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.webhooks.delivery.queryOptions({ endpointId, id }));
  return (
    <Sheet side="right" open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent side="right" title="Message" description={query.data?.type} className="sm:max-w-xl">
        {query.isError ? (
          <ErrorState level={3} onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : !query.data ? (
          <div aria-busy className="flex flex-col gap-3">
            <LoadingLabel />
            <Skeleton className="h-24" />
            <Skeleton className="h-64" />
          </div>
        ) : (
          <Details delivery={query.data} endpointId={endpointId} canReplay={canReplay} />
        )}
      </SheetContent>
    </Sheet>
  );
}

function Details({
  delivery,
  endpointId,
  canReplay,
}: { delivery: WebhookDeliveryDetails } & Pick<DeliverySheetProps, "endpointId" | "canReplay">) {
  const { label, tone } = DELIVERY_FACTS[delivery.state];
  return (
    <div className="flex flex-col gap-5">
      <DefinitionList
        items={[
          { term: "State", value: <Badge tone={tone}>{label}</Badge> },
          { term: "About", value: subjectLabel(delivery.subject) },
          { term: "Happened", value: <RelativeTime at={delivery.happenedAt} suffix=" ago" /> },
          { term: "webhook-id", value: <span className="break-all">{delivery.eventId}</span>, mono: true },
        ]}
      />
      <Deeds delivery={delivery} endpointId={endpointId} canReplay={canReplay} />
      <Excerpt label="What is sent" text={JSON.stringify(JSON.parse(delivery.body), null, 2)} />
      <section>
        <h3 className="mb-1 font-semibold">Attempts</h3>
        {delivery.log.length === 0 ? <p className="text-ink-2">None yet.</p> : null}
        <ol className="divide-y">
          {delivery.log.map((attempt, index) => (
            <li key={index} className="flex flex-col gap-1.5 py-2.5">
              <p className="flex flex-wrap justify-between gap-x-3 tabular">
                <span className="font-medium">{attempt.status ?? "No answer"}</span>
                <span className="text-sm text-ink-2">
                  {attempt.latencyMs.toLocaleString("en")} ms · <RelativeTime at={attempt.at} suffix=" ago" />
                </span>
              </p>
              {attempt.error ? <p className="text-sm text-ink-2">{attempt.error}</p> : null}
              {attempt.excerpt ? <Excerpt label="Answer" text={attempt.excerpt} /> : null}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Deeds({
  delivery,
  endpointId,
  canReplay,
}: { delivery: WebhookDeliveryDetails } & Pick<DeliverySheetProps, "endpointId" | "canReplay">) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const said = (message: string) => ({
    onSuccess: () => toast.success(message),
    onError: (error: ApiError) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() }),
  });
  const replay = useMutation(trpc.webhooks.replay.mutationOptions(said("On its way")));
  const giveUp = useMutation(trpc.webhooks.giveUp.mutationOptions(said("Given up; later messages go on")));
  if (delivery.state === "sending") return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        loading={replay.isPending}
        disabled={!canReplay || delivery.isHeldBack}
        onClick={() => replay.mutate({ endpointId, deliveries: [delivery.id] })}
      >
        {delivery.state === "waiting" ? "Try now" : "Send again"}
      </Button>
      {delivery.state === "waiting" ? (
        <Button variant="ghost" loading={giveUp.isPending} onClick={() => giveUp.mutate({ endpointId, id: delivery.id })}>
          Give up
        </Button>
      ) : null}
    </div>
  );
}
