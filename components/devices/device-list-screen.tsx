"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Cpu, Plus, SearchX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Pagination } from "@/components/patterns/pagination";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DEVICE_FILTERS, PAGE_SIZES, toListInput } from "./device-filters";
import { DeviceCards } from "./device-cards";
import { DeviceListSkeleton } from "./device-list-skeleton";
import { DeviceTable } from "./device-table";
import { DeviceToolbar } from "./device-toolbar";

/** Every device of the caller's farms: search, filter, sort, page; all of it in the URL. */
export function DeviceListScreen() {
  const trpc = useTRPC();
  const { selectedFarmId, viewer } = useConsole();
  const [filters, setFilters] = useQueryStates(DEVICE_FILTERS, { history: "push", clearOnDefault: true });
  const input = toListInput(filters, selectedFarmId);
  const list = useQuery({ ...trpc.devices.list.queryOptions(input), placeholderData: keepPreviousData });
  const addDevice = viewer.canProvision ? (
    <Button variant="primary" render={<Link href="/devices/new" />}>
      <Plus aria-hidden />
      Add device
    </Button>
  ) : null;

  const none = list.data?.registered === 0;
  const pastTheEnd = list.data !== undefined && list.data.devices.length === 0 && list.data.total > 0;

  return (
    <>
      <PageHeader
        title="Devices"
        subtitle={list.data ? countLabel(list.data.total, list.data.registered) : "\u00a0"}
        actions={none ? null : addDevice}
      />
      <Card className="mt-5 overflow-hidden">
        {none ? null : <DeviceToolbar filters={filters} onChange={(change) => void setFilters({ page: 1, ...change })} />}
        {list.isError ? (
          <ErrorState level={2} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : !list.data ? (
          <DeviceListSkeleton />
        ) : list.data.devices.length === 0 ? (
          none ? (
            <EmptyState
              icon={<Cpu />}
              title="No devices yet"
              description="Register the first one; it takes about a minute."
              action={addDevice}
            />
          ) : pastTheEnd ? (
            <EmptyState
              icon={<SearchX />}
              title="The list has become shorter"
              description={`${amountOf(list.data.total, "device")} in all, but none on this page any more.`}
              action={<Button onClick={() => void setFilters({ page: 1 })}>To the first page</Button>}
            />
          ) : (
            <EmptyState
              icon={<SearchX />}
              title="No devices match"
              description="Try another word or fewer filters."
              action={<Button onClick={() => void setFilters(null)}>Clear search and filters</Button>}
            />
          )
        ) : (
          <div
            aria-busy={list.isPlaceholderData}
            className={list.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined}
          >
            <DeviceTable
              devices={list.data.devices}
              sort={filters.sort}
              descending={filters.desc}
              onSort={(sort, desc) => void setFilters({ sort, desc, page: 1 })}
            />
            <DeviceCards devices={list.data.devices} />
            <Pagination
              page={input.page}
              pageSize={input.pageSize}
              total={list.data.total}
              noun="devices"
              pageSizes={PAGE_SIZES}
              onPageChange={(page) => void setFilters({ page })}
              onPageSizeChange={(size) => void setFilters({ size, page: 1 })}
              className="border-t px-4 py-3"
            />
          </div>
        )}
      </Card>
    </>
  );
}

function countLabel(total: number, registered: number): string {
  const all = amountOf(registered, "device");
  return total === registered ? all : `${formatCount(total)} of ${all}`;
}
