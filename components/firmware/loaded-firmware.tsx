"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";

/** One version, or what stands in its place: loading, not there, not for this person, not reachable. */
export function LoadedFirmware({ firmwareId, children }: { firmwareId: string; children: (firmware: FirmwarePageView) => ReactNode }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.firmware.get.queryOptions({ id: firmwareId }));
  if (query.isError) {
    const status = (query.error as ApiError).data?.httpStatus;
    if (status === 403) return <ForbiddenState />;
    if (status !== 404 && status !== 400) return <ErrorState level={1} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
    return (
      <EmptyState
        level={1}
        icon={<SearchX />}
        title="There is no such firmware version"
        description="It does not exist, or it is a draft that was deleted."
        action={<BackLink href="/firmware">All firmware</BackLink>}
      />
    );
  }
  if (!query.data)
    return (
      <div aria-busy className="flex flex-col gap-4">
        <LoadingLabel />
        <Skeleton className="h-10 w-72" />
        <Skeleton className="h-64 rounded-card" />
      </div>
    );
  return children(query.data);
}
