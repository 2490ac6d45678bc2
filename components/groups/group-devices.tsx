"use client";

import { Cpu } from "lucide-react";
import Link from "next/link";
import { parseAsBoolean, useQueryStates } from "nuqs";
import { useState } from "react";
import { DEFAULT_FILTERS, toListInput } from "@/components/devices/list/device-filters";
import { DeviceCards } from "@/components/devices/list/device-cards";
import { DeviceListSkeleton } from "@/components/devices/list/device-list-skeleton";
import { DeviceTable } from "@/components/devices/list/device-table";
import { LoadMore } from "@/components/devices/list/load-more";
import { useDevicePages } from "@/components/devices/list/use-device-pages";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { FilterChip } from "@/components/patterns/filter-chip";
import { Card, CardHeader } from "@/components/ui/card";
import type { DeviceColumn, SortKey } from "@/server/domain/devices/list-vocabulary";
import type { GroupPageView } from "@/server/services/groups/get-group";

const COLUMNS: DeviceColumn[] = ["type", "health", "battery", "lastSeen"];
const COLUMNS_WITH_GROUP: DeviceColumn[] = ["type", "group", "health", "battery", "lastSeen"];

/** The devices of a group, with those of its sub-groups unless switched off. */
export function GroupDevices({ group }: { group: GroupPageView }) {
  const [{ below }, setState] = useQueryStates({ below: parseAsBoolean.withDefault(true) });
  const [sort, setSort] = useState<SortKey[]>([]);
  const hasBelow = group.children.length > 0;
  const includeSubgroups = hasBelow && below;
  const input = { ...toListInput(DEFAULT_FILTERS, null), groupIds: [group.id], includeSubgroups, sort };
  const { pages, devices, counts } = useDevicePages(input);
  const total = counts?.total ?? devices?.length ?? 0;
  return (
    <Card>
      <CardHeader
        title="Devices"
        divided
        aside={
          <>
            {hasBelow ? (
              <FilterChip label="With sub-groups" pressed={below} onPressedChange={(pressed) => void setState({ below: pressed })} />
            ) : null}
            {total > 0 ? (
              <Link
                href={`/devices?group=${group.id}`}
                className="inline-flex touch-target items-center font-medium text-accent hover:underline"
              >
                In the device list
              </Link>
            ) : null}
          </>
        }
      />
      {pages.isError ? (
        <ErrorState level={3} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      ) : !devices ? (
        <DeviceListSkeleton />
      ) : devices.length === 0 ? (
        <EmptyState
          level={3}
          icon={<Cpu />}
          title="No devices in this group"
          description="Choose devices in the list and set their group, or open one and edit it."
        />
      ) : (
        <>
          <DeviceTable
            devices={devices}
            total={total}
            columns={includeSubgroups ? COLUMNS_WITH_GROUP : COLUMNS}
            sort={sort}
            onSort={(key) => setSort([key])}
            selection={undefined}
          />
          <DeviceCards devices={devices} selection={undefined} />
          <LoadMore
            shown={devices.length}
            total={total}
            hasMore={pages.hasNextPage}
            loading={pages.isFetchingNextPage}
            onLoad={() => void pages.fetchNextPage()}
          />
        </>
      )}
    </Card>
  );
}
