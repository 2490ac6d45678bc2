"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Power, RefreshCw, Send, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { WebhookView } from "@/server/services/webhooks/views";

const WebhookDialog = dynamic(() => import("./webhook-dialog").then((module) => module.WebhookDialog));
const RotateDialog = dynamic(() => import("./rotate-dialog").then((module) => module.RotateDialog));
const PingDialog = dynamic(() => import("./ping-dialog").then((module) => module.PingDialog));

type Asked = "edit" | "rotate" | "ping" | "delete";

/** What can be done with an endpoint. */
export function WebhookActions({ webhook }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const toggle = useMutation(
    trpc.webhooks.update.mutationOptions({
      onSuccess: () => toast.success(webhook.enabled ? "Switched off" : "Switched on"),
      onError: (error: ApiError) => toast.error(error.message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() }),
    }),
  );
  const { id, version, name, url, enabled, events, farmIds } = webhook;
  return (
    <>
      {enabled ? null : (
        <Button
          loading={toggle.isPending}
          onClick={() => toggle.mutate({ id, version, endpoint: { name, url, events, farmIds, enabled: true } })}
        >
          <Power aria-hidden />
          Switch on
        </Button>
      )}
      <Button onClick={() => setAsked("ping")}>
        <Send aria-hidden />
        Send test
      </Button>
      <ActionMenu
        label={`More for ${name}`}
        variant="secondary"
        className="max-sm:flex-none!"
        items={[
          { label: "Change…", icon: <Pencil />, onSelect: () => setAsked("edit") },
          { label: "Rotate secret…", icon: <RefreshCw />, onSelect: () => setAsked("rotate") },
          ...(enabled
            ? [
                {
                  label: "Switch off",
                  icon: <Power />,
                  onSelect: () => toggle.mutate({ id, version, endpoint: { name, url, events, farmIds, enabled: false } }),
                },
              ]
            : []),
          { label: "Delete…", icon: <Trash2 />, tone: "danger", separated: true, onSelect: () => setAsked("delete") },
        ]}
      />
      {asked === "edit" ? <WebhookDialog webhook={webhook} onClose={close} /> : null}
      {asked === "rotate" ? <RotateDialog webhook={webhook} onClose={close} /> : null}
      {asked === "ping" ? <PingDialog webhook={webhook} onClose={close} /> : null}
      <DeleteDialog webhook={webhook} open={asked === "delete"} onClose={close} />
    </>
  );
}

function DeleteDialog({
  webhook: { id, name, waiting, dead },
  open,
  onClose,
}: {
  webhook: WebhookView;
  open: boolean;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const remove = useMutation(trpc.webhooks.delete.mutationOptions());
  const lost = waiting + dead;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete the webhook “${name}”?`}
      consequence={`It is told nothing more, and its log and secret are deleted.${lost > 0 ? ` ${lost.toLocaleString("en")} messages that have not been delivered are lost.` : ""} It cannot be undone.`}
      confirmLabel="Delete webhook"
      tone="danger"
      onConfirm={async () => {
        await remove.mutateAsync({ id });
        router.push("/settings/webhooks");
        await queries.invalidateQueries({ queryKey: trpc.webhooks.list.queryKey() });
      }}
      describeFailure={(error) => (error as ApiError).message}
    />
  );
}
