"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarCheck, ChevronLeft, ChevronRight, Printer } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { groupBy } from "@/server/domain/group-by";
import { addDays } from "@/server/domain/maintenance/calendar-day";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { formatSpan } from "./format-day";
import { WorkOrder } from "./work-order";
import { toWorkOrderInput, WORK_ORDER_FILTERS } from "./work-order-filters";

/** A week's work on paper: one block a job, by farm and place, with room to write. */
export function WorkOrdersScreen({ today }: { today: string }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(WORK_ORDER_FILTERS, { history: "push" });
  const input = toWorkOrderInput(filters, selectedFarmId, today);
  const due = useQuery(trpc.maintenance.due.queryOptions(input));
  const items = jobsOf(due.data?.items ?? []);
  const farms = [...groupBy(items, (item) => item.farm.name)].sort(([a], [b]) => a.localeCompare(b));
  const goTo = (week: string) => void setFilters({ week });
  return (
    <div className="work-orders max-w-4xl">
      <div data-print="hide">
        <BackLink href="/maintenance">Maintenance</BackLink>
      </div>
      <PageHeader
        title="Work orders"
        subtitle={`${formatSpan(input.from, input.to)} · ${items.length} ${items.length === 1 ? "job" : "jobs"}`}
        actions={
          <>
            <Button size="icon" aria-label="Previous week" className="max-sm:flex-none!" onClick={() => goTo(addDays(input.from, -7))}>
              <ChevronLeft aria-hidden />
            </Button>
            <Button size="icon" aria-label="Next week" className="max-sm:flex-none!" onClick={() => goTo(addDays(input.from, 7))}>
              <ChevronRight aria-hidden />
            </Button>
            <Button variant="primary" disabled={items.length === 0} onClick={() => window.print()}>
              <Printer aria-hidden />
              Print
            </Button>
          </>
        }
      />
      <div className="mt-5 flex flex-col gap-6 print:block print:space-y-4">
        {due.isError ? (
          <Card>
            <ErrorState onRetry={() => void due.refetch()} retrying={due.isFetching} />
          </Card>
        ) : !due.data ? (
          <div aria-busy>
            <LoadingLabel />
            <Skeleton className="h-72 rounded-card" />
          </div>
        ) : items.length === 0 ? (
          <Card>
            <EmptyState
              icon={<CalendarCheck />}
              title="Nothing to do this week"
              description="Neither planned work nor regular maintenance nor a calibration is due, and nothing is overdue."
            />
          </Card>
        ) : (
          farms.map(([farm, jobs]) => (
            <section key={farm} aria-label={farm}>
              <h2 className="mb-2 break-after-avoid text-lg font-semibold">
                {farm} <span className="font-normal text-ink-3 tabular">{jobs.length}</span>
              </h2>
              <ol className="flex flex-col gap-3 print:block print:space-y-2">
                {[...jobs]
                  .sort((a, b) => (a.device.location ?? "").localeCompare(b.device.location ?? "") || a.day.localeCompare(b.day))
                  .map((item) => (
                    <WorkOrder key={item.key} item={item} />
                  ))}
              </ol>
            </section>
          ))
        )}
      </div>
    </div>
  );
}

/** A calibration that comes by its date and is planned this week as well is one job: the planned one, which says more. */
function jobsOf(items: readonly DueItem[]): DueItem[] {
  const planned = new Set(items.filter((item) => item.kind === "work" && item.type === "calibration").map((item) => item.device.deviceId));
  return items.filter((item) => item.kind !== "calibration" || !planned.has(item.device.deviceId));
}
