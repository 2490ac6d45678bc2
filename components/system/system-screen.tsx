"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { BacklogCard } from "./backlog-card";
import { BrokerCard } from "./broker-card";
import { DatabaseCard } from "./database-card";
import { JobsCard } from "./jobs-card";
import { ProcessesCard } from "./processes-card";
import { StorageCard } from "./storage-card";

const ASK_MS = 5_000;

/** How the installation is: broker, database, jobs, storage, processes. Asked again while it is looked at. */
export function SystemScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.get.queryOptions(undefined, { refetchInterval: ASK_MS }));
  return (
    <>
      <PageHeader title="System" subtitle="How the parts of this installation are. Brought up to date every few seconds." />
      {query.data ? (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <div className="grid gap-4">
            <BrokerCard broker={query.data.broker} receivingSince={query.data.receivingSince} />
            <StorageCard />
          </div>
          <DatabaseCard />
          <div className="lg:col-span-2">
            <JobsCard jobs={query.data.jobs} />
          </div>
          <BacklogCard backlog={query.data.backlog} />
          <ProcessesCard processes={query.data.processes} />
        </div>
      ) : query.isError ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div aria-busy className="grid gap-4 lg:grid-cols-2">
          <LoadingLabel />
          <Skeleton className="h-80 rounded-card" />
          <Skeleton className="h-80 rounded-card" />
          <Skeleton className="h-96 rounded-card lg:col-span-2" />
        </div>
      )}
    </>
  );
}
