"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CircuitBoard, Plus, SearchX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { FIRMWARE_FILTERS, type FirmwareFilters, isFiltered, toFirmwareListInput, toSpreadInput } from "./firmware-filters";
import { FirmwareToolbar } from "./firmware-toolbar";
import { TypeSection } from "./type-section";

/** Every firmware version by type, and which devices run what. */
export function FirmwareScreen() {
  const trpc = useTRPC();
  const { viewer, selectedFarmId } = useConsole();
  const [filters, setFilters] = useQueryStates(FIRMWARE_FILTERS, { history: "push", clearOnDefault: true });
  const change = (changed: Partial<FirmwareFilters>) => void setFilters(changed);
  const pages = useInfiniteQuery({
    ...trpc.firmware.list.infiniteQueryOptions(toFirmwareListInput(filters, selectedFarmId), {
      getNextPageParam: (page) => page.nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const spread = useQuery({
    ...trpc.firmware.spread.queryOptions(toSpreadInput(filters, selectedFarmId)),
    placeholderData: keepPreviousData,
  });
  const versions = pages.data?.pages.flatMap((page) => page.versions);
  const isNarrowed = filters.state.length > 0 || filters.q !== "";
  const sections = DEVICE_TYPES.map((deviceType) => ({
    deviceType,
    versions: (versions ?? []).filter((firmware) => firmware.deviceType === deviceType),
    spread: spread.data?.find((entry) => entry.deviceType === deviceType),
  })).filter((section) => section.versions.length > 0 || (!isNarrowed && section.spread));
  return (
    <>
      <PageHeader
        title="Firmware"
        subtitle="What devices run, and what they may be given."
        actions={viewer.canManageFirmware ? <AddButton /> : undefined}
      />
      <FirmwareToolbar filters={filters} onChange={change} />
      <div className="mt-4 flex flex-col gap-4">
        {pages.isError || spread.isError ? (
          <ErrorState
            onRetry={() => void Promise.all([pages.refetch(), spread.refetch()])}
            retrying={pages.isFetching || spread.isFetching}
          />
        ) : !versions || !spread.data ? (
          <FirmwareSkeleton />
        ) : sections.length === 0 ? (
          <NoFirmware filters={filters} mayAdd={viewer.canManageFirmware} onChange={change} />
        ) : (
          sections.map((section) => <TypeSection key={section.deviceType} {...section} />)
        )}
        {pages.hasNextPage ? (
          <Button className="self-center" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Load more
          </Button>
        ) : null}
      </div>
    </>
  );
}

function AddButton() {
  return (
    <Button variant="primary" render={<Link href="/firmware/new" />}>
      <Plus aria-hidden />
      Add firmware
    </Button>
  );
}

interface NoFirmwareProps {
  filters: FirmwareFilters;
  mayAdd: boolean;
  onChange: (change: Partial<FirmwareFilters>) => void;
}

function NoFirmware({ filters, mayAdd, onChange }: NoFirmwareProps) {
  if (isFiltered(filters))
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing matches"
        description="No version fits these filters."
        action={<Button onClick={() => onChange({ type: [], state: [], q: "" })}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<CircuitBoard />}
      title="No firmware yet"
      description={
        mayAdd
          ? "Upload the first version. Devices that report it are counted here by themselves."
          : "An admin adds the versions. Devices that report one are counted here by themselves."
      }
      action={mayAdd ? <AddButton /> : undefined}
    />
  );
}

function FirmwareSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <LoadingLabel />
      {["a", "b", "c"].map((key) => (
        <Skeleton key={key} className="h-52 rounded-card" />
      ))}
    </div>
  );
}
