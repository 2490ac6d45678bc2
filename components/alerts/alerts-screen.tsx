"use client";

import { BellOff, CircleCheck, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { LoadMore } from "@/components/devices/list/load-more";
import { type SelectionControl, useSelection } from "@/components/devices/list/use-selection";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Kbd } from "@/components/ui/kbd";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { AlertCounts, ListedAlert } from "@/server/services/alerts/list-alerts";
import { AlertBar } from "./alert-bar";
import { ALERT_FILTERS, type AlertFilters, isFiltered } from "./alert-filters";
import { AlertRow } from "./alert-row";
import { AlertToolbar } from "./alert-toolbar";
import { useAlertActions } from "./use-alert-actions";
import { useAlertKeys } from "./use-alert-keys";
import { useAlertPages } from "./use-alert-pages";

/** What is wrong on the farms, the gravest first. */
export function AlertsScreen() {
  const { selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(ALERT_FILTERS, { history: "push", clearOnDefault: true });
  const { pages, alerts, counts } = useAlertPages(filters, selectedFarmId);
  const selection = useSelection(
    (alerts ?? []).map((alert) => alert.id),
    JSON.stringify(filters),
  );
  const change = (changed: Partial<AlertFilters>) => void setFilters(changed);
  const mayHandle = alerts?.some((alert) => alert.mayHandle) ?? false;
  return (
    <>
      <PageHeader title="Alerts" subtitle={counts ? summaryOf(counts) : "\u00a0"} />
      <AlertToolbar filters={filters} onChange={change} />
      {filters.under ? (
        <Callout
          className="mt-4"
          action={
            <Button size="sm" onClick={() => change({ under: "" })}>
              <X aria-hidden />
              Show all alerts
            </Button>
          }
        >
          Only the alerts that one group alert speaks for.
        </Callout>
      ) : null}
      <Card className="mt-4 overflow-hidden">
        {pages.isError ? (
          <ErrorState onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !alerts ? (
          <SkeletonRows count={5} className="h-16 rounded-control" />
        ) : alerts.length === 0 ? (
          <NoAlerts filters={filters} onChange={change} />
        ) : (
          <>
            <AlertRows alerts={alerts} selection={mayHandle ? selection : undefined} />
            <LoadMore
              shown={alerts.length}
              total={counts?.total ?? alerts.length}
              hasMore={pages.hasNextPage}
              loading={pages.isFetchingNextPage}
              onLoad={() => void pages.fetchNextPage()}
            />
          </>
        )}
      </Card>
      {mayHandle && selection.ids.size > 0 ? <AlertBar selection={selection} /> : null}
      {mayHandle && selection.ids.size === 0 ? (
        <p className="mt-3 hidden items-center gap-1.5 text-sm text-ink-3 lg:flex pointer-coarse:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> move · <Kbd>X</Kbd> choose · <Kbd>A</Kbd> acknowledge · <Kbd>↵</Kbd> open
        </p>
      ) : null}
    </>
  );
}

function AlertRows({ alerts, selection }: { alerts: readonly ListedAlert[]; selection: SelectionControl | undefined }) {
  const { acknowledge } = useAlertActions();
  const onKeyDown = useAlertKeys({
    toggle: (id) => selection?.toggle(id, !selection.isSelected(id)),
    acknowledge: (id) => alerts.some((alert) => alert.id === id && alert.mayHandle) && acknowledge.mutate({ ids: [id] }),
  });
  return (
    // The keys are heard as they rise from the rows' links.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul aria-label="Alerts" className="divide-y" onKeyDown={onKeyDown}>
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} selection={selection && alert.mayHandle ? selection : undefined} />
      ))}
    </ul>
  );
}

function NoAlerts({ filters, onChange }: { filters: AlertFilters; onChange: (change: Partial<AlertFilters>) => void }) {
  if (isFiltered(filters))
    return (
      <EmptyState
        icon={<BellOff />}
        title="Nothing matches"
        description="No alert fits these filters."
        action={<Button onClick={() => onChange({ severity: [], type: [], farm: [], group: [], q: "" })}>Clear filters</Button>}
      />
    );
  if (filters.view === "open" || filters.view === "active")
    return (
      <EmptyState
        icon={<CircleCheck />}
        title="All is well"
        description="Nothing needs anybody now. New alerts appear here by themselves."
      />
    );
  return <EmptyState icon={<BellOff />} title="None here" description="There are no such alerts." />;
}

function summaryOf({ total, bySeverity: { critical, warning, low } }: AlertCounts): string {
  if (total === 0) return "None";
  const parts = [
    [critical, "critical"],
    [warning, "warning"],
    [low, "low"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString("en")} ${word}`)
    .join(" · ");
}
