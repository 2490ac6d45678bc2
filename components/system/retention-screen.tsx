"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/patterns/definition-list";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { RetentionForm } from "./retention-form";

/** How long things are kept. */
export function RetentionScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.retention.queryOptions());
  return (
    <div className="max-w-4xl">
      <PageHeader title="Retention" subtitle="How long things are kept. Housekeeping deletes what is older, every five minutes." />
      {query.data ? (
        <div className="flex flex-col gap-4">
          <RetentionForm key={query.data.version} retention={query.data} />
          <FixedCard />
        </div>
      ) : query.isError ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div aria-busy>
          <LoadingLabel />
          <Skeleton className="h-160 rounded-card" />
        </div>
      )}
    </div>
  );
}

function FixedCard() {
  return (
    <Card>
      <CardHeader title="What cannot be chosen" divided />
      <CardBody>
        <DefinitionList
          items={[
            {
              term: "Audit log",
              value: "For ever. Each entry holds the hash of the one before it; with a part of it gone nothing could be proved any more.",
            },
            {
              term: "Devices and work",
              value:
                "For ever: decommissioned devices, maintenance, certificates, rollouts with their logs, firmware versions, label prints.",
            },
            {
              term: "Work on tablets",
              value: "120 days. What a tablet sends twice within them is carried out once.",
            },
            {
              term: "API answers",
              value: "24 hours, as promised to programs that repeat a request with an Idempotency-Key.",
            },
            { term: "Change feed", value: "Ten minutes. Screens that were away for longer read everything again." },
          ]}
        />
      </CardBody>
    </Card>
  );
}
