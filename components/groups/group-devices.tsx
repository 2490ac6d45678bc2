"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Cpu } from "lucide-react";
import Link from "next/link";
import { parseAsBoolean, parseAsInteger, useQueryStates } from "nuqs";
import { useTRPC } from "@/components/console/trpc";
import { DeviceCards } from "@/components/devices/device-cards";
import { DeviceListSkeleton } from "@/components/devices/device-list-skeleton";
import { DeviceStatusBadge } from "@/components/devices/device-status-badge";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { FilterChip } from "@/components/patterns/filter-chip";
import { Pagination } from "@/components/patterns/pagination";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { DeviceSummary } from "@/server/services/devices/views";
import type { GroupPageView } from "@/server/services/groups/get-group";

const PAGE_SIZE = 50;

/** The devices of a group, with those of its sub-groups unless switched off. */
export function GroupDevices({ group }: { group: GroupPageView }) {
  const trpc = useTRPC();
  const [{ below, page }, setState] = useQueryStates({ below: parseAsBoolean.withDefault(true), page: parseAsInteger.withDefault(1) });
  const hasBelow = group.children.length > 0;
  const list = useQuery({
    ...trpc.devices.list.queryOptions({
      groupIds: [group.id],
      includeSubgroups: hasBelow && below,
      lifecycles: ["draft", "provisioned", "active", "maintenance"],
      page: Math.max(1, page),
      pageSize: PAGE_SIZE,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Devices"
        divided
        aside={
          <>
            {list.data ? <span>{list.data.total.toLocaleString("en")}</span> : null}
            {hasBelow ? (
              <FilterChip
                label="With sub-groups"
                pressed={below}
                onPressedChange={(pressed) => void setState({ below: pressed, page: 1 })}
              />
            ) : null}
          </>
        }
      />
      {list.isError ? (
        <ErrorState level={3} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : !list.data ? (
        <DeviceListSkeleton />
      ) : list.data.devices.length === 0 ? (
        <EmptyState
          level={3}
          icon={<Cpu />}
          title="No devices in this group"
          description="Open a device, choose Edit, and put it into this group."
        />
      ) : (
        <>
          <DeviceRows devices={list.data.devices} showGroup={hasBelow && below} />
          <DeviceCards devices={list.data.devices} />
          {list.data.total > PAGE_SIZE ? (
            <Pagination
              page={list.data.page}
              pageSize={PAGE_SIZE}
              total={list.data.total}
              noun="devices"
              onPageChange={(next) => void setState({ page: next })}
              className="border-t px-4 py-3"
            />
          ) : null}
        </>
      )}
    </Card>
  );
}

function DeviceRows({ devices, showGroup }: { devices: readonly DeviceSummary[]; showGroup: boolean }) {
  return (
    <Table caption="Devices" containerClassName="hidden md:block">
      <TableHeader>
        <TableRow>
          <TableHead>Device</TableHead>
          <TableHead>Type</TableHead>
          {showGroup ? <TableHead>Group</TableHead> : null}
          <TableHead>Health</TableHead>
          <TableHead align="right">Last seen</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {devices.map((device) => (
          <TableRow key={device.deviceId} className="relative">
            <TableCell>
              <Link href={`/devices/${device.deviceId}`} className="block -outline-offset-2 after:absolute after:inset-0">
                <span className="block font-mono font-semibold tracking-tight">{device.deviceId}</span>
                <span className="block max-w-60 truncate text-sm text-ink-2">{device.name}</span>
              </Link>
            </TableCell>
            <TableCell>{DEVICE_TYPE_FACTS[device.type].label}</TableCell>
            {showGroup ? <TableCell>{device.group?.name}</TableCell> : null}
            <TableCell>
              <DeviceStatusBadge lifecycle={device.lifecycle} health={device.healthStatus} />
            </TableCell>
            <TableCell align="right">
              <RelativeTime at={device.lastSeenAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
