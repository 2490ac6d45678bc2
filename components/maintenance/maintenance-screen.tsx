"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarCheck, Printer } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { addDays, mondayOf } from "@/server/domain/maintenance/calendar-day";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { DueAgenda } from "./due-agenda";
import { DUE_FILTERS, type DueFilters, dayOrToday, toDueInput } from "./due-filters";
import { DueMonth } from "./due-month";
import { DueToolbar } from "./due-toolbar";
import { workOrdersHref } from "./work-orders-href";

/** What is due on the farms: the overdue first, then a week as a list or a month as a calendar. */
export function MaintenanceScreen({ today }: { today: string }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(DUE_FILTERS, { history: "push", clearOnDefault: true });
  const input = toDueInput(filters, selectedFarmId, today);
  const due = useQuery({ ...trpc.maintenance.due.queryOptions(input), placeholderData: keepPreviousData });
  const day = dayOrToday(filters.day, today);
  const change = (changed: Partial<DueFilters>) => void setFilters(changed);
  return (
    <>
      <PageHeader
        title="Maintenance"
        subtitle={due.data ? summaryOf(due.data.items) : "\u00a0"}
        actions={
          <Button
            render={
              <Link href={workOrdersHref({ week: mondayOf(day), farmIds: input.farmIds, types: filters.type, kinds: filters.kind })} />
            }
          >
            <Printer aria-hidden />
            Work orders
          </Button>
        }
      />
      <DueToolbar filters={filters} day={day} today={today} onChange={change} />
      <div className="mt-4 flex flex-col gap-4">
        {due.data?.more ? <Callout tone="info">Only the first 1,000 are shown. Choose a farm or a type to see the others.</Callout> : null}
        {due.isError ? (
          <Card>
            <ErrorState onRetry={() => void due.refetch()} retrying={due.isFetching} />
          </Card>
        ) : due.data ? (
          <Shown items={due.data.items} filters={filters} day={day} today={today} span={input} onChange={change} />
        ) : (
          <div aria-busy className="flex flex-col gap-4">
            <LoadingLabel />
            <Skeleton className="h-24 rounded-card" />
            <Skeleton className="h-72 rounded-card" />
          </div>
        )}
      </div>
    </>
  );
}

interface ShownProps {
  items: readonly DueItem[];
  filters: DueFilters;
  day: string;
  today: string;
  span: { from: string; to: string };
  onChange: (change: Partial<DueFilters>) => void;
}

function Shown({ items, filters, day, today, span, onChange }: ShownProps) {
  const overdue = items.filter((item) => item.overdue);
  const coming = items.filter((item) => !item.overdue);
  const isFiltered = filters.farm.length + filters.type.length + filters.kind.length > 0;
  if (items.length === 0 && filters.view === "week") {
    return (
      <Card>
        <EmptyState
          icon={<CalendarCheck />}
          title={isFiltered ? "Nothing matches" : "Nothing is due this week"}
          description={
            isFiltered
              ? "Nothing of this kind is due in this week, and nothing is overdue."
              : "Plan work on a device's page. Regular maintenance and calibrations appear here by themselves."
          }
          action={
            isFiltered ? (
              <Button onClick={() => onChange({ farm: [], type: [], kind: [] })}>Clear filters</Button>
            ) : (
              <Button render={<Link href="/devices" />}>Go to devices</Button>
            )
          }
        />
      </Card>
    );
  }
  return (
    <>
      <DueAgenda title="Overdue" items={overdue} tone="critical" />
      {filters.view === "month" ? (
        <DueMonth items={coming} month={day} today={today} from={span.from} onDay={(chosen) => onChange({ view: "week", day: chosen })} />
      ) : (
        Array.from({ length: 7 }, (_, index) => addDays(span.from, index)).map((date) => (
          <DueAgenda key={date} day={date} isToday={date === today} items={coming.filter((item) => item.day === date)} />
        ))
      )}
    </>
  );
}

function summaryOf(items: readonly DueItem[]): string {
  const overdue = items.filter((item) => item.overdue).length;
  const rest = items.length - overdue;
  if (items.length === 0) return "Nothing is due";
  return [overdue > 0 ? `${overdue} overdue` : null, `${rest} due in this view`].filter(Boolean).join(" · ");
}
