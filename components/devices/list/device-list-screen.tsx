"use client";

import { Cpu, Plus, SearchX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { labelsOfChosen } from "@/components/labels/labels-href";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { rolloutOfChosen } from "@/components/rollouts/new-rollout-href";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { SortKey } from "@/server/domain/devices/list-vocabulary";
import { BulkBar } from "../bulk/bulk-bar";
import { DEVICE_FILTERS, type DeviceFilters, sortBy, toFilterInput, toListInput } from "./device-filters";
import { DeviceCards } from "./device-cards";
import { DeviceListSkeleton } from "./device-list-skeleton";
import { DeviceTable } from "./device-table";
import { DeviceToolbar } from "./device-toolbar";
import { ListTools } from "./list-tools";
import { LoadMore } from "./load-more";
import { useDevicePages } from "./use-device-pages";
import { useSelection } from "./use-selection";

/** Every device of the caller's farms: search, filter, sort, choose; all of it in the URL. */
export function DeviceListScreen() {
  const { selectedFarmId, viewer } = useConsole();
  const [filters, setFilters] = useQueryStates(DEVICE_FILTERS, { history: "push", clearOnDefault: true });
  const input = toListInput(filters, selectedFarmId);
  const { pages, devices, counts } = useDevicePages(input);
  const [selecting, setSelecting] = useState(false);
  const selection = useSelection(
    (devices ?? []).map((device) => device.deviceId),
    JSON.stringify(toFilterInput(input)),
  );
  const change = (next: Partial<DeviceFilters>) => void setFilters(next);
  const sort = (key: SortKey, added: boolean) => void setFilters({ sort: sortBy(filters.sort, key, added) });
  const total = counts?.total ?? devices?.length ?? 0;
  const chosen = selection.count(total);
  const mayChange = viewer.canProvision;
  const addDevice = viewer.canProvision ? (
    <Button variant="primary" render={<Link href="/devices/new" />}>
      <Plus aria-hidden />
      Add device
    </Button>
  ) : null;

  return (
    <>
      <PageHeader
        title="Devices"
        subtitle={counts ? countLabel(counts.total, counts.registered) : "\u00a0"}
        actions={
          <>
            <ListTools
              filters={filters}
              selectedFarmId={selectedFarmId}
              onChange={change}
              onSort={(key) => sort(key, false)}
              selecting={selecting}
              onSelectingChange={mayChange ? setSelecting : undefined}
              mayImport={viewer.canProvision}
            />
            {addDevice}
          </>
        }
      />
      <Card className="mt-5">
        <DeviceToolbar filters={filters} onChange={change} />
        {pages.isError ? (
          <ErrorState level={2} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
        ) : !devices ? (
          <DeviceListSkeleton />
        ) : devices.length > 0 ? (
          <div
            aria-busy={pages.isPlaceholderData}
            className={pages.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined}
          >
            <DeviceTable
              devices={devices}
              total={total}
              columns={filters.cols}
              sort={input.sort.length > 0 ? input.sort : DEFAULT_SORT}
              onSort={sort}
              selection={mayChange ? selection : undefined}
            />
            <DeviceCards devices={devices} selection={selecting || chosen > 0 ? selection : undefined} />
            <LoadMore
              shown={devices.length}
              total={total}
              hasMore={pages.hasNextPage}
              loading={pages.isFetchingNextPage}
              onLoad={() => void pages.fetchNextPage()}
            />
          </div>
        ) : counts?.registered === 0 ? (
          <EmptyState
            icon={<Cpu />}
            title="No devices yet"
            description="Register the first one; it takes about a minute. Many at once come from a CSV file."
            action={
              <>
                {addDevice}
                {viewer.canProvision ? <Button render={<Link href="/devices/import" />}>Import CSV</Button> : null}
              </>
            }
          />
        ) : (
          <EmptyState
            icon={<SearchX />}
            title="No devices match"
            description="Try another word or fewer filters."
            action={<Button onClick={() => void setFilters({ ...CLEARED, cols: filters.cols })}>Clear search and filters</Button>}
          />
        )}
      </Card>
      {chosen > 0 ? (
        <BulkBar
          selection={selection}
          chosen={chosen}
          total={total}
          filter={toFilterInput(input)}
          labelsHref={labelsOfChosen(filters, selection)}
          rolloutHref={viewer.canManageRollouts ? rolloutOfChosen(filters, selection) : undefined}
        />
      ) : null}
    </>
  );
}

const DEFAULT_SORT: SortKey[] = [{ by: "deviceId", descending: false }];
const CLEARED = Object.fromEntries(Object.keys(DEVICE_FILTERS).map((key) => [key, null]));

function countLabel(total: number, registered: number): string {
  const devices = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "device" : "devices"}`;
  return total === registered ? devices(total) : `${total.toLocaleString("en")} of ${devices(registered)}`;
}
