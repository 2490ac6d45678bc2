"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FileX } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { IMPORT_STATE_LABELS, isWorking } from "@/server/domain/imports/vocabulary";
import type { ImportView } from "@/server/services/imports/views";
import { CheckedImport } from "./checked-import";
import { describeFile } from "./describe-file";
import { EndedImport } from "./ended-import";
import { STATE_TONES } from "./import-facts";
import { RecheckForm } from "./recheck-form";
import { WorkCard } from "./work-card";

const ASK_MS = 1_500;

/** One import from the check to its result; to be left and found again at any time. */
export function ImportScreen({ importId }: { importId: string }) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.imports.get.queryOptions(
      { id: importId },
      { refetchInterval: (query) => (isWorking(query.state.data?.state ?? "done") ? ASK_MS : false) },
    ),
  );
  useFreshRows(found.data?.state);
  if (found.error?.data?.errorCode === "not_found")
    return (
      <EmptyState
        level={1}
        icon={<FileX />}
        title="No such import"
        description="It was put aside, is older than a year, or somebody else made it."
        action={<Button render={<Link href="/devices/import">Import a file</Link>} />}
      />
    );
  if (found.isError) return <ErrorState level={1} onRetry={() => void found.refetch()} retrying={found.isFetching} />;
  if (!found.data)
    return (
      <div aria-busy className="flex flex-col gap-4">
        <LoadingLabel />
        <Skeleton className="h-16 rounded-card" />
        <Skeleton className="h-64 rounded-card" />
      </div>
    );
  return <LoadedImport job={found.data} />;
}

function LoadedImport({ job }: { job: ImportView }) {
  return (
    <>
      <PageHeader
        title={job.fileName}
        badge={<Badge tone={STATE_TONES[job.state]}>{IMPORT_STATE_LABELS[job.state]}</Badge>}
        subtitle={
          <>
            {describeFile({ rows: job.total, header: job.header, delimiter: job.delimiter, sizeBytes: job.sizeBytes })} ·{" "}
            {job.createdByName}, <RelativeTime at={job.createdAt} suffix=" ago" />
          </>
        }
        back={<BackLink href="/devices/import/history">Imports</BackLink>}
        actions={<Button render={<Link href="/devices/import">Import another file</Link>} />}
      />
      {isWorking(job.state) ? (
        <WorkCard job={job} />
      ) : job.state === "uploaded" ? (
        <RecheckForm job={job} />
      ) : job.state === "ready" ? (
        <CheckedImport job={job} />
      ) : (
        <EndedImport job={job} />
      )}
    </>
  );
}

/** What became of rows is read again when a part of the work is through. */
function useFreshRows(state: ImportView["state"] | undefined): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useEffect(() => {
    if (state !== undefined) void queries.invalidateQueries({ queryKey: trpc.imports.rows.pathKey() });
  }, [state, queries, trpc]);
}
