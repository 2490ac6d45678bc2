"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { WebhookView } from "@/server/services/webhooks/views";
import { Excerpt } from "./excerpt";

/** Sends a signed `ping` at once and shows how it was answered. */
export function PingDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const trpc = useTRPC();
  const { mutate, data, error, isPending } = useMutation(trpc.webhooks.test.mutationOptions());
  useEffect(() => mutate({ id: webhook.id }), [mutate, webhook.id]);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="Test message" description={`A signed ping to ${webhook.url}`}>
        <DialogBody className="flex flex-col gap-4">
          {error ? (
            <Callout tone="critical" live>
              {error.message}
            </Callout>
          ) : !data || isPending ? (
            <div aria-busy>
              <LoadingLabel />
              <Skeleton className="h-16" />
            </div>
          ) : (
            <>
              <Callout tone={data.isAccepted ? "healthy" : "critical"} live title={data.isAccepted ? "Accepted" : "Not accepted"}>
                {data.status === null ? data.error : `Answered ${data.status} after ${data.latencyMs.toLocaleString("en")} ms.`}
                {data.status !== null && data.error ? ` ${data.error}.` : null}
              </Callout>
              {data.excerpt ? <Excerpt label="What it answered" text={data.excerpt} /> : null}
            </>
          )}
        </DialogBody>
        <DialogFooter>
          <Button size="lg" loading={isPending} onClick={() => mutate({ id: webhook.id })}>
            Send again
          </Button>
          <DialogClose render={<Button variant="primary" size="lg" />}>Done</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
