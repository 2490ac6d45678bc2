"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileSpreadsheet, Upload } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import { SkeletonRows } from "@/components/ui/skeleton";
import { IMPORT_STATE_LABELS, isWorking } from "@/server/domain/imports/vocabulary";
import type { ImportView } from "@/server/services/imports/views";
import { STATE_TONES } from "./import-facts";

const ASK_MS = 3_000;

/** Imports, the newest first: one's own; for admins everybody's. */
export function ImportHistoryScreen() {
  const trpc = useTRPC();
  const pages = useInfiniteQuery({
    ...trpc.imports.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.imports.some(({ state }) => isWorking(state))) ? ASK_MS : false,
  });
  const imports = pages.data?.pages.flatMap((page) => page.imports);
  const add = (
    <Button variant="primary" render={<Link href="/devices/import" />}>
      <Upload aria-hidden />
      Import a file
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Imports"
        subtitle="What came in by CSV, and what became of it."
        back={<BackLink href="/devices">Devices</BackLink>}
        actions={add}
      />
      <Card>
        {pages.isError ? (
          <ErrorState onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !imports ? (
          <SkeletonRows count={3} className="h-14 rounded-control" />
        ) : imports.length === 0 ? (
          <EmptyState
            icon={<FileSpreadsheet />}
            title="No imports yet"
            description="Devices that come in by CSV are listed here, with what became of each row."
            action={add}
          />
        ) : (
          <>
            <ul aria-label="Imports" className="divide-y">
              {imports.map((job) => (
                <HistoryRow key={job.id} job={job} />
              ))}
            </ul>
            {pages.hasNextPage ? (
              <div className="flex justify-center border-t p-3">
                <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  Load more
                </Button>
              </div>
            ) : null}
          </>
        )}
      </Card>
    </>
  );
}

function HistoryRow({ job }: { job: ImportView }) {
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-sunken/60">
      <IconTile tone={STATE_TONES[job.state]}>
        <FileSpreadsheet />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            href={`/devices/import/${job.id}`}
            className="min-w-0 font-semibold break-all -outline-offset-2 after:absolute after:inset-0"
          >
            {job.fileName}
          </Link>
          <Badge tone={STATE_TONES[job.state]}>{IMPORT_STATE_LABELS[job.state]}</Badge>
        </p>
        <p className="text-sm text-ink-2 tabular">{summaryOf(job)}</p>
        <p className="text-sm text-ink-3">{job.createdByName}</p>
      </div>
      <p className="shrink-0 text-right text-sm text-ink-2">
        <RelativeTime at={job.createdAt} suffix=" ago" />
      </p>
    </li>
  );
}

function summaryOf({ state, failure, total, verdicts, result, undo, progress }: ImportView): string {
  if (failure) return failure;
  if (isWorking(state)) return `${Math.round(progress * 100)} % of ${amountOf(total, "row")}`;
  if (state === "uploaded") return `${amountOf(total, "row")}, waiting for their columns`;
  const named = (parts: [number, string][]) => parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  if (state === "ready")
    return `${named([
      [verdicts.create, "new"],
      [verdicts.update, "to change"],
      [verdicts.error, "wrong"],
    ]).join(", ")}; nothing imported yet`;
  if (state === "undone")
    return `Taken back: ${named([
      [undo.removed, "removed"],
      [undo.restored, "restored"],
      [undo.kept, "left as they are"],
    ]).join(", ")}`;
  const done = named([
    [result.created, "created"],
    [result.updated, "updated"],
    [result.unchanged, "unchanged"],
    [result.skipped, "left out"],
    [result.errors, "errors"],
  ]);
  return `${amountOf(total, "row")}: ${done.join(", ")}`;
}
