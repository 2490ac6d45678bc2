"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { LoadMore } from "@/components/devices/list/load-more";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AUDIT_FILTERS, type AuditFilters, isFiltered, NO_AUDIT_FILTERS, toAuditInput } from "./audit-filters";
import { AuditRow } from "./audit-row";
import { AuditToolbar } from "./audit-toolbar";

/** Who did what, when, and what it was before. */
export function AuditScreen() {
  const trpc = useTRPC();
  const { viewer, selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(AUDIT_FILTERS, { history: "push", clearOnDefault: true });
  const pages = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions(toAuditInput(filters, selectedFarmId), { getNextPageParam: (page) => page.nextCursor }),
    placeholderData: keepPreviousData,
  });
  const events = pages.data?.pages.flatMap((page) => page.events);
  const change = (changed: Partial<AuditFilters>) => void setFilters(changed);
  return (
    <>
      <PageHeader
        title="Audit log"
        subtitle={
          viewer.isAdmin ? "Every change, by whom, and what it was before." : "Every change on your farms, by whom, and what it was before."
        }
        actions={
          <Button
            render={
              <a href={exportHref(filters, selectedFarmId)} download>
                <Download aria-hidden />
                Export CSV
              </a>
            }
          />
        }
      />
      <AuditToolbar filters={filters} onChange={change} />
      <Card className="mt-4 overflow-hidden">
        {pages.isError ? (
          <ErrorState onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !events ? (
          <SkeletonRows count={5} className="h-14 rounded-control" />
        ) : events.length === 0 ? (
          <NoEvents isFiltered={isFiltered(filters)} onClear={() => change(NO_AUDIT_FILTERS)} />
        ) : (
          <>
            <ol aria-label="Events" className="divide-y">
              {events.map((event) => (
                <AuditRow key={event.key} event={event} />
              ))}
            </ol>
            <LoadMore
              shown={events.length}
              hasMore={pages.hasNextPage}
              loading={pages.isFetchingNextPage}
              onLoad={() => void pages.fetchNextPage()}
            />
          </>
        )}
      </Card>
    </>
  );
}

function NoEvents({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered)
    return <EmptyState icon={<ScrollText />} title="Nothing yet" description="Whatever somebody changes is written down here." />;
  return (
    <EmptyState
      icon={<ScrollText />}
      title="Nothing matches"
      description="No event fits these filters."
      action={<Button onClick={onClear}>Clear filters</Button>}
    />
  );
}

/** The export takes the page's own query. */
function exportHref(filters: AuditFilters, selectedFarmId: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value.length > 0) query.set(name, String(value));
  if (selectedFarmId) query.set("onFarm", selectedFarmId);
  return `/api/audit/export?${query}`;
}
