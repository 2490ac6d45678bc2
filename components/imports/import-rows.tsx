"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Download, SearchX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { LoadMore } from "@/components/devices/list/load-more";
import { ChoiceRow } from "@/components/patterns/choice-row";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { formatCount } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { IMPORT_VERDICT_LABELS, IMPORT_VERDICTS, type ImportVerdict } from "@/server/domain/imports/vocabulary";
import type { ImportRowView } from "@/server/services/imports/list-rows";
import type { ImportView } from "@/server/services/imports/views";
import { ImportRow } from "./import-row";

const PAGE_ROWS = 200;
const ROW_HEIGHT = 64;

/** Every row with what becomes, or became, of it; by verdict. */
export function ImportRows({ job, mayMend = false }: { job: ImportView; mayMend?: boolean }) {
  const trpc = useTRPC();
  const counts = countsOf(job);
  const [wanted, setVerdict] = useState<ImportVerdict | "all">(counts.error > 0 ? "error" : "all");
  // The last wrong row has been mended.
  const verdict = wanted !== "all" && counts[wanted] === 0 ? "all" : wanted;
  const pages = useInfiniteQuery({
    ...trpc.imports.rows.infiniteQueryOptions(
      { id: job.id, verdicts: verdict === "all" ? [] : [verdict], limit: PAGE_ROWS },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const isDone = job.committedAt !== null && job.failure === null;
  return (
    <Card>
      <CardHeader
        title="Rows"
        aside={
          <>
            {counts.error > 0 ? <ExportLink href={`/api/imports/${job.id}/rows?only=errors`}>Wrong rows</ExportLink> : null}
            {isDone ? <ExportLink href={`/api/imports/${job.id}/rows`}>Result</ExportLink> : null}
          </>
        }
      />
      <div className="border-b px-3 pb-3">
        <ChoiceRow label="Which rows" options={optionsOf(counts, job.total, isDone)} value={verdict} onChange={setVerdict} />
      </div>
      {pages.isError ? (
        <ErrorState level={3} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      ) : !rows ? (
        <SkeletonRows count={4} className="h-12 rounded-control" />
      ) : rows.length === 0 ? (
        <EmptyState
          level={3}
          icon={<SearchX />}
          title="No such rows"
          action={<Button onClick={() => setVerdict("all")}>Show all rows</Button>}
        />
      ) : (
        <div
          aria-busy={pages.isPlaceholderData}
          className={pages.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined}
        >
          <VirtualRows rows={rows} job={job} mayMend={mayMend} />
          <LoadMore
            shown={rows.length}
            total={verdict === "all" ? job.total : counts[verdict]}
            hasMore={pages.hasNextPage}
            loading={pages.isFetchingNextPage}
            onLoad={() => void pages.fetchNextPage()}
          />
        </div>
      )}
    </Card>
  );
}

/** Only what is in sight is in the page; rows are as tall as what they say. */
function VirtualRows({ rows, job, mayMend }: { rows: readonly ImportRowView[]; job: ImportView; mayMend: boolean }) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => {
    setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.row ?? index,
  });
  return (
    <ul ref={list} aria-label="Rows of the file" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        return row ? (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0 border-b"
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <ImportRow row={row} job={job} mayMend={mayMend} />
          </li>
        ) : null;
      })}
    </ul>
  );
}

function ExportLink({ href, children }: { href: string; children: string }) {
  return (
    <Button
      size="sm"
      render={
        <a href={href} download>
          <Download aria-hidden />
          {children}
        </a>
      }
    />
  );
}

function countsOf({ verdicts, result, committedAt, failure }: ImportView): Record<ImportVerdict, number> {
  return committedAt && failure === null
    ? { create: result.created, update: result.updated, unchanged: result.unchanged, skip: result.skipped, error: result.errors }
    : verdicts;
}

function optionsOf(counts: Record<ImportVerdict, number>, total: number, isDone: boolean) {
  return [
    { value: "all" as const, label: `All ${formatCount(total)}` },
    ...IMPORT_VERDICTS.filter((verdict) => counts[verdict] > 0).map((value) => ({
      value,
      label: `${IMPORT_VERDICT_LABELS[value][isDone ? "done" : "planned"]} ${formatCount(counts[value])}`,
    })),
  ];
}
