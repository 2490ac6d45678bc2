"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { CloudUpload, Plus, SearchX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ROLLOUT_STATES } from "@/server/domain/rollouts/vocabulary";
import { ROLLOUT_STATE_FACTS } from "./rollout-facts";
import { isFiltered, ROLLOUT_FILTERS, type RolloutFilters, toRolloutListInput } from "./rollout-filters";
import { RolloutRow } from "./rollout-row";

// Nothing makes a draft: a rollout is scheduled when it is created.
const STATES = ROLLOUT_STATES.filter((state) => state !== "draft").map((value) => ({ value, label: ROLLOUT_STATE_FACTS[value].label }));

/** Every rollout that touches the caller's farms, the newest first. */
export function RolloutsScreen() {
  const trpc = useTRPC();
  const { viewer, selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(ROLLOUT_FILTERS, { history: "push", clearOnDefault: true });
  const pages = useInfiniteQuery({
    ...trpc.rollouts.list.infiniteQueryOptions(toRolloutListInput(filters, selectedFarmId), {
      getNextPageParam: (page) => page.nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const rollouts = pages.data?.pages.flatMap((page) => page.rollouts);
  const change = (changed: Partial<RolloutFilters>) => void setFilters(changed);
  return (
    <>
      <PageHeader
        title="Rollouts"
        subtitle="Firmware on its way to devices, stage by stage."
        actions={viewer.canManageRollouts ? <NewButton /> : undefined}
      />
      <Toolbar filters={filters} onChange={change} />
      <Card className="mt-4 overflow-hidden">
        {pages.isError ? (
          <ErrorState onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !rollouts ? (
          <SkeletonRows count={4} className="h-24 rounded-control" />
        ) : rollouts.length === 0 ? (
          <NoRollouts filters={filters} mayCreate={viewer.canManageRollouts} onChange={change} />
        ) : (
          <ul aria-label="Rollouts" className="divide-y">
            {rollouts.map((rollout) => (
              <RolloutRow key={rollout.id} rollout={rollout} />
            ))}
          </ul>
        )}
      </Card>
      {pages.hasNextPage ? (
        <p className="mt-4 text-center">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Load more
          </Button>
        </p>
      ) : null}
    </>
  );
}

function NewButton() {
  return (
    <Button variant="primary" render={<Link href="/rollouts/new" />}>
      <Plus aria-hidden />
      New rollout
    </Button>
  );
}

interface ToolbarProps {
  filters: RolloutFilters;
  onChange: (change: Partial<RolloutFilters>) => void;
}

function Toolbar({ filters, onChange }: ToolbarProps) {
  return (
    <FilterBar search={{ value: filters.q, onChange: (q) => onChange({ q }), label: "Search rollouts", placeholder: "Name or version…" }}>
      <FilterMenu label="State" options={STATES} selected={filters.state} onSelectedChange={(state) => onChange({ state })} />
    </FilterBar>
  );
}

function NoRollouts({ filters, mayCreate, onChange }: ToolbarProps & { mayCreate: boolean }) {
  const { selectedFarmId } = useConsole();
  if (isFiltered(filters))
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing matches"
        description="No rollout fits these filters."
        action={<Button onClick={() => onChange({ state: [], q: "" })}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<CloudUpload />}
      title={selectedFarmId ? "No rollouts on this farm yet" : "No rollouts yet"}
      description={
        mayCreate
          ? "Choose a firmware version and the devices that get it. You see what will happen before anything does."
          : "A farm manager or an admin starts them. You can watch them here."
      }
      action={mayCreate ? <NewButton /> : undefined}
    />
  );
}
