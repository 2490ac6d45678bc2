"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderPlus, FolderTree, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { FilterChip } from "@/components/patterns/filter-chip";
import { PageHeader } from "@/components/patterns/page-header";
import { SearchInput } from "@/components/patterns/search-input";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { findInTree } from "@/server/domain/groups/tree";
import { GroupDialogs, type OpenedGroupDialog } from "./group-dialogs";
import { GROUP_FILTERS } from "./group-filters";
import { GroupTree } from "./group-tree";

/** The tree of groups, with devices counted up to the top. */
export function GroupsScreen({ editableFarmIds }: { editableFarmIds: string[] | "all" }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [{ q, archived }, setFilters] = useQueryStates(GROUP_FILTERS, { clearOnDefault: true });
  const groups = useQuery(trpc.groups.list.queryOptions({ farmId: selectedFarmId ?? undefined, archived }));
  const [opened, setOpened] = useState<OpenedGroupDialog>();
  const shown = findInTree(groups.data ?? [], q);
  const add =
    editableFarmIds.length > 0 ? (
      <Button variant="primary" onClick={() => setOpened({ kind: "add" })}>
        <FolderPlus aria-hidden />
        Add group
      </Button>
    ) : null;
  return (
    <>
      <PageHeader title="Groups" subtitle="Devices that belong together: a parlour side, a barn, a pasture." actions={add} />
      <Card className="mt-5 overflow-hidden">
        <div className="flex flex-wrap items-center gap-2 border-b p-3">
          <SearchInput
            value={q}
            onValueChange={(value) => void setFilters({ q: value })}
            label="Search groups"
            placeholder="Search name, code…"
          />
          <FilterChip label="Show archived" pressed={archived} onPressedChange={(pressed) => void setFilters({ archived: pressed })} />
        </div>
        {groups.isError ? (
          <ErrorState level={2} onRetry={() => void groups.refetch()} retrying={groups.isFetching} />
        ) : !groups.data ? (
          <TreeSkeleton />
        ) : groups.data.length === 0 ? (
          <EmptyState
            icon={<FolderTree />}
            title="No groups yet"
            description="Groups show at a glance which part of a farm has gone silent, and what a person looks after."
            action={add}
          />
        ) : shown.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No groups match"
            description="Try another word."
            action={<Button onClick={() => void setFilters({ q: "" })}>Clear search</Button>}
          />
        ) : (
          <GroupTree groups={shown} searching={q.trim() !== ""} onOpen={setOpened} />
        )}
      </Card>
      <GroupDialogs opened={opened} editableFarmIds={editableFarmIds} onClose={() => setOpened(undefined)} />
    </>
  );
}

function TreeSkeleton() {
  return (
    <div aria-busy className="flex flex-col divide-y">
      <LoadingLabel>Loading groups</LoadingLabel>
      {[0, 1, 1, 0, 1].map((depth, index) => (
        <div key={index} className="flex h-14 items-center gap-4 px-4" style={{ paddingLeft: `${2.5 + depth * 1.5}rem` }}>
          <Skeleton className="w-40" />
          <Skeleton className="ml-auto w-24" />
        </div>
      ))}
    </div>
  );
}
