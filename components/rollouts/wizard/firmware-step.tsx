"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircuitBoard, SearchX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { FilterBar } from "@/components/patterns/filter-bar";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { amountOf } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/radio-cards";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { FIRMWARE_STATE_FACTS } from "@/server/domain/firmware/vocabulary";
import type { FirmwareView } from "@/server/services/firmware/views";
import type { Aim } from "./use-aim";

const TYPES = DEVICE_TYPES.map((value) => ({ value, label: DEVICE_TYPE_FACTS[value].plural }));

/** Which version; choosing it aims at its type of device. */
export function FirmwareStep({ aim: { state, setState, firmware }, isTried }: { aim: Aim; isTried: boolean }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [search, setSearch] = useState("");
  const [types, setTypes] = useState<DeviceType[]>([]);
  const versions = useQuery({
    ...trpc.firmware.list.queryOptions({
      states: ["testing", "stable"],
      types,
      search: search.slice(0, 200),
      farmIds: selectedFarmId ? [selectedFarmId] : [],
      pageSize: 200,
    }),
    placeholderData: keepPreviousData,
  });
  const choose = (id: string) => {
    const chosen = versions.data?.versions.find((version) => version.id === id);
    void setState({ firmware: id, ...(chosen ? { type: [chosen.deviceType] } : {}) });
  };
  return (
    <>
      <FilterBar search={{ value: search, onChange: setSearch, label: "Search firmware", placeholder: "Version, name, model…" }}>
        <FilterMenu label="Type" options={TYPES} selected={types} onSelectedChange={setTypes} />
      </FilterBar>
      {versions.isError ? (
        <ErrorState onRetry={() => void versions.refetch()} retrying={versions.isFetching} />
      ) : !versions.data ? (
        <div aria-busy className="grid gap-2.5 sm:grid-cols-2">
          <LoadingLabel />
          {["a", "b", "c", "d"].map((key) => (
            <Skeleton key={key} className="h-24 rounded-card" />
          ))}
        </div>
      ) : versions.data.versions.length === 0 ? (
        <NoVersions isFiltered={search !== "" || types.length > 0} />
      ) : (
        <RadioCards
          legend="Which firmware?"
          showLegend
          items={versions.data.versions.map(toItem)}
          value={firmware.isError ? null : state.firmware}
          onValueChange={choose}
          error={isTried && !state.firmware ? "Choose a version" : undefined}
          className="grid-cols-1 sm:grid-cols-2 md:grid-cols-2 lg:grid-cols-3"
        />
      )}
    </>
  );
}

function toItem({ id, version, name, deviceType, state, isNewestStable, compatibleModels, deviceCount }: FirmwareView) {
  const facts = [
    DEVICE_TYPE_FACTS[deviceType].plural,
    isNewestStable ? "newest stable" : FIRMWARE_STATE_FACTS[state].label.toLowerCase(),
    ...(compatibleModels.length > 0 ? [compatibleModels.join(", ")] : []),
    `${amountOf(deviceCount, "device")} ${deviceCount === 1 ? "runs" : "run"} it`,
  ];
  return { value: id, title: `${version} ${name}`, description: facts.join(" · "), icon: <DeviceTypeIcon type={deviceType} /> };
}

function NoVersions({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState icon={<SearchX />} title="Nothing matches" description="No version in testing or stable fits." />;
  return (
    <EmptyState
      icon={<CircuitBoard />}
      title="Nothing can be rolled out yet"
      description="Only versions in testing and stable ones go to devices."
      action={<Button render={<Link href="/firmware" />}>Firmware</Button>}
    />
  );
}
