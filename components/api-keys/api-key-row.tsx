"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, CircleCheck, Clock, RefreshCw, UserX } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { toast } from "@/components/ui/toast";
import { API_SCOPE_FACTS } from "@/server/domain/api-keys/scopes";
import type { ApiKeyView } from "@/server/services/api-keys/list-api-keys";

const RotateKeyDialog = dynamic(() => import("./rotate-key-dialog").then((module) => module.RotateKeyDialog));

const STATES = {
  valid: { label: "Valid", tone: "healthy", icon: <CircleCheck aria-hidden /> },
  expired: { label: "Expired", tone: "unknown", icon: <Clock aria-hidden /> },
  revoked: { label: "Revoked", tone: "unknown", icon: <Ban aria-hidden /> },
  owner_disabled: { label: "Rests: its owner is disabled", tone: "warning", icon: <UserX aria-hidden /> },
} as const;

export function ApiKeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<"rotate" | "revoke">();
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() }) }),
  );
  const { label, tone, icon } = STATES[apiKey.state];
  const isLive = apiKey.state === "valid" || apiKey.state === "owner_disabled";
  return (
    <li className="flex items-start gap-3 px-4 py-3.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          <span className="min-w-0 break-words">{apiKey.name}</span>
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
        </p>
        <p className="mt-1 flex flex-wrap gap-x-2 text-sm text-ink-2">
          {apiKey.secrets.map(({ prefix, validUntil }) => (
            <span key={prefix}>
              <code className="font-mono">{prefix}…</code>
              {validUntil ? (
                <>
                  {" "}
                  ends <RelativeTime at={validUntil} />
                </>
              ) : null}
            </span>
          ))}
        </p>
        <p className="mt-1 text-sm text-ink-2">{apiKey.farms.map(({ name }) => name).join(", ") || "Every farm"}</p>
        <p className="text-sm text-ink-3">{apiKey.scopes.map((scope) => API_SCOPE_FACTS[scope].label).join(" · ")}</p>
        <p className="mt-1 text-sm text-ink-3">
          Of {apiKey.owner} · used <RelativeTime at={apiKey.lastUsedAt} never="never" suffix=" ago" />
          {apiKey.lastUsedAddress ? ` from ${apiKey.lastUsedAddress}` : ""}
          {isLive ? (
            <>
              {" "}
              · ends <RelativeTime at={apiKey.expiresAt} never="never" />
            </>
          ) : null}
        </p>
      </div>
      {isLive ? (
        <ActionMenu
          label={`Actions for ${apiKey.name}`}
          items={[
            { label: "Rotate secret", icon: <RefreshCw aria-hidden />, onSelect: () => setAsked("rotate") },
            { label: "Revoke", icon: <Ban aria-hidden />, tone: "danger", separated: true, onSelect: () => setAsked("revoke") },
          ]}
        />
      ) : null}
      {asked === "rotate" ? <RotateKeyDialog apiKey={apiKey} onClose={() => setAsked(undefined)} /> : null}
      <ConfirmDialog
        open={asked === "revoke"}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title={`Revoke ${apiKey.name}?`}
        consequence="Its next request is refused. This cannot be undone; the program needs another key."
        confirmLabel="Revoke key"
        onConfirm={async () => {
          await revoke.mutateAsync({ id: apiKey.id });
          toast.success(`${apiKey.name} is revoked`);
        }}
      />
    </li>
  );
}
