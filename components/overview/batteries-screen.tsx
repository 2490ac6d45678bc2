"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { BatteryFull, Download } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { LoadMore } from "@/components/devices/list/load-more";
import { BackLink } from "@/components/patterns/back-link";
import { ChoiceRow } from "@/components/patterns/choice-row";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { BatteryView } from "@/server/domain/overview/schema";
import type { BatteryCounts } from "@/server/services/overview/list-batteries";
import { BatteryTable } from "./battery-table";
import { UNKNOWN_LABELS } from "./describe-battery";
import { BATTERY_STATE } from "./overview-state";

/** Who needs a battery within 30 days, and of whom nothing can be said. */
export function BatteriesScreen() {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [{ view }, setState] = useQueryStates(BATTERY_STATE, { history: "push", clearOnDefault: true });
  const farmId = selectedFarmId ?? undefined;
  const pages = useInfiniteQuery({
    ...trpc.overview.batteries.infiniteQueryOptions({ farmId, view }, { getNextPageParam: (page) => page.nextCursor }),
    placeholderData: keepPreviousData,
  });
  const batteries = pages.data?.pages.flatMap((page) => page.batteries);
  const counts = pages.data?.pages[0]?.counts;
  return (
    <>
      <PageHeader
        back={<BackLink href="/overview">Overview</BackLink>}
        title="Batteries"
        subtitle={counts ? summaryOf(counts) : "\u00a0"}
        actions={
          <Button
            render={
              <a href={`/api/overview/batteries?view=${view}${farmId ? `&farm=${farmId}` : ""}`} download>
                <Download aria-hidden />
                Download CSV
              </a>
            }
          />
        }
      />
      <ChoiceRow label="Which batteries" options={viewsOf(counts)} value={view} onChange={(next) => void setState({ view: next })} />
      <Card className="mt-4 overflow-hidden" aria-busy={pages.isPlaceholderData}>
        {pages.isError ? (
          <ErrorState onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !batteries || !counts ? (
          <div aria-busy className="p-4">
            <LoadingLabel />
            <Skeleton className="h-96 rounded-control" />
          </div>
        ) : batteries.length === 0 ? (
          <NoBatteries view={view} counts={counts} />
        ) : (
          <>
            <BatteryTable batteries={batteries} />
            <LoadMore
              shown={batteries.length}
              total={view === "due" ? counts.low + counts.due : unknownOf(counts)}
              hasMore={pages.hasNextPage}
              loading={pages.isFetchingNextPage}
              onLoad={() => void pages.fetchNextPage()}
            />
          </>
        )}
      </Card>
      <p className="mt-3 max-w-3xl text-sm text-ink-3">
        Estimated once a day from the last reading of each day since the last battery, up to 60 days back: a straight line, and the days
        between which a reading meets the device&rsquo;s own threshold in 19 of 20 cases. Cold, and a change of how often a device reports,
        are not in it.
      </p>
    </>
  );
}

function NoBatteries({ view, counts }: { view: BatteryView; counts: BatteryCounts }) {
  if (view === "unknown")
    return <EmptyState icon={<BatteryFull />} title="None here" description="Something can be said of every battery." />;
  return counts.notSoon + unknownOf(counts) === 0 ? (
    <EmptyState
      icon={<BatteryFull />}
      title="No batteries yet"
      description="Devices that run on batteries appear here once they are in service."
    />
  ) : (
    <EmptyState
      icon={<BatteryFull />}
      title="No battery runs low"
      description="As far as can be said, none falls below its threshold within 30 days."
    />
  );
}

function viewsOf(counts: BatteryCounts | undefined): { value: BatteryView; label: string }[] {
  const withCount = (label: string, count: number | undefined) => (count === undefined ? label : `${label} (${formatCount(count)})`);
  return [
    { value: "due", label: withCount("Within 30 days", counts && counts.low + counts.due) },
    { value: "unknown", label: withCount("Cannot say", counts && unknownOf(counts)) },
  ];
}

function unknownOf({ unknown }: BatteryCounts): number {
  return Object.values(unknown).reduce((sum, count) => sum + count, 0);
}

function summaryOf(counts: BatteryCounts): string {
  const reasons = (Object.keys(counts.unknown) as (keyof BatteryCounts["unknown"])[])
    .filter((reason) => counts.unknown[reason] > 0)
    .map((reason) => `${formatCount(counts.unknown[reason])} ${UNKNOWN_LABELS[reason]}`);
  const parts = [`${formatCount(counts.low)} low now`, `${formatCount(counts.due)} within 30 days`, `${formatCount(counts.notSoon)} later`];
  return parts.join(" · ") + (reasons.length > 0 ? ` · cannot say: ${reasons.join(", ")}` : "");
}
