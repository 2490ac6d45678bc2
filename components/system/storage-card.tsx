"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { formatBytes } from "@/components/devices/format-readings";
import { DefinitionList } from "@/components/patterns/definition-list";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf } from "@/components/patterns/format-count";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { StorageView } from "@/server/services/system/get-storage";
import { STORED_LABELS } from "./system-facts";

const ASK_MS = 60_000;

/** Parts of the disk that are left from which on it is worth a look, and urgent. */
const LITTLE = 0.15;
const VERY_LITTLE = 0.05;

export function StorageCard() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.storage.queryOptions(undefined, { refetchInterval: ASK_MS }));
  return (
    <Card aria-label="Storage">
      <CardHeader
        title="Storage"
        description={query.data ? <span className="font-mono tracking-tight break-all">{query.data.folder}</span> : "…"}
        divided
      />
      {query.data ? (
        <CardBody className="flex flex-col gap-4">
          <Disk storage={query.data} />
          <DefinitionList
            items={query.data.kinds
              .filter(({ kind, files }) => files > 0 || kind === "firmware" || kind === "imports" || kind === "backups")
              .map(({ kind, bytes, files }) => ({
                term: STORED_LABELS[kind],
                value:
                  files === 0 ? (
                    <span className="text-ink-2">None{kind === "backups" ? " where npm run backup puts them by itself" : ""}</span>
                  ) : (
                    <>
                      {formatBytes(bytes)} <span className="text-ink-2">in {amountOf(files, "file")}</span>
                    </>
                  ),
              }))}
          />
        </CardBody>
      ) : query.isError ? (
        <ErrorState level={3} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <CardBody aria-busy>
          <LoadingLabel />
          <Skeleton className="h-40" />
        </CardBody>
      )}
    </Card>
  );
}

function Disk({ storage: { freeBytes, totalBytes } }: { storage: StorageView }) {
  const left = totalBytes > 0 ? freeBytes / totalBytes : 1;
  return (
    <Progress
      label="Disk"
      value={(1 - left) * 100}
      detail={`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`}
      tone={left < VERY_LITTLE ? "critical" : left < LITTLE ? "warning" : "accent"}
    />
  );
}
