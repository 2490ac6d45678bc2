"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { ApiKeyRow } from "./api-key-row";

const CreateKeyDialog = dynamic(() => import("./create-key-dialog").then((module) => module.CreateKeyDialog));

/** The keys that programs call with: made, rotated and revoked here, by admins. */
export function ApiKeysScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.apiKeys.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const keys = query.data ?? [];
  const live = keys.filter(({ state }) => state === "valid" || state === "owner_disabled");
  const ended = keys.filter((key) => !live.includes(key));
  const add = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create key
    </Button>
  );
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="API keys"
        subtitle="For programs that read and steer devices: herd software, dashboards, scripts."
        actions={live.length > 0 ? add : undefined}
      />
      <div className="mt-5 flex flex-col gap-4">
        {query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : !query.data ? (
          <div aria-busy>
            <LoadingLabel />
            <Skeleton className="h-64 rounded-card" />
          </div>
        ) : (
          <>
            <Card>
              {live.length === 0 ? (
                <EmptyState
                  icon={<KeyRound />}
                  title="No API keys yet"
                  description="A key lets one program in, with the scopes and farms you choose, and can be revoked at any time."
                  action={add}
                />
              ) : (
                <ul aria-label="API keys" className="divide-y">
                  {live.map((key) => (
                    <ApiKeyRow key={key.id} apiKey={key} />
                  ))}
                </ul>
              )}
            </Card>
            {ended.length > 0 ? (
              <Card>
                <CardHeader title="Ended" description="Revoked or expired in the last 90 days." divided />
                <ul aria-label="Ended API keys" className="divide-y">
                  {ended.map((key) => (
                    <ApiKeyRow key={key.id} apiKey={key} />
                  ))}
                </ul>
              </Card>
            ) : null}
          </>
        )}
      </div>
      {creating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
    </div>
  );
}
