"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Hash, Plus, Printer, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { IdBlockView } from "@/server/services/devices/id-blocks/views";
import { labelsOf } from "./labels-href";

const ReserveDialog = dynamic(() => import("./reserve-dialog").then((module) => module.ReserveDialog));
const PURPOSES = { labels: "for labels", offline: "for work without a network" } as const;

/** Device IDs that are set aside, and how many of them are devices by now. */
export function ReservedTab() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { selectedFarmId, viewer } = useConsole();
  const [reserving, setReserving] = useState(false);
  const [releasing, setReleasing] = useState<IdBlockView>();
  const blocks = useQuery(trpc.devices.idBlocks.queryOptions({ farmIds: selectedFarmId ? [selectedFarmId] : [] }));
  const release = useMutation(trpc.devices.releaseIds.mutationOptions());
  const reserve = viewer.canProvision ? (
    <Button variant="primary" onClick={() => setReserving(true)}>
      <Plus aria-hidden />
      Reserve IDs
    </Button>
  ) : null;
  const confirm = async () => {
    if (!releasing) return;
    const { released } = await release.mutateAsync({ blockId: releasing.id });
    toast.success(`${released.toLocaleString("en")} ${released === 1 ? "ID is" : "IDs are"} free again`);
    await queries.invalidateQueries({ queryKey: trpc.devices.idBlocks.pathKey() });
  };
  return (
    <>
      {blocks.isError ? (
        <Card>
          <ErrorState level={2} onRetry={() => void blocks.refetch()} retrying={blocks.isFetching} />
        </Card>
      ) : !blocks.data ? (
        <Skeleton className="h-48 rounded-card" />
      ) : blocks.data.length === 0 ? (
        <Card>
          <EmptyState
            icon={<Hash />}
            title="No IDs are reserved"
            description="Reserve some to print labels before the devices come: put one on each when it is fitted, and register it by scanning."
            action={reserve}
          />
        </Card>
      ) : (
        <>
          <div className="mb-3 flex justify-end">{reserve}</div>
          <DataList label="Reserved IDs">
            {blocks.data.map((block) => (
              <DataListCard
                key={block.id}
                title={<span className="font-mono tracking-tight">{rangeOf(block)}</span>}
                subtitle={`${DEVICE_TYPE_FACTS[block.type].plural}, ${block.farm.name}`}
                facts={[
                  `${block.used.toLocaleString("en")} of ${block.count.toLocaleString("en")} in use`,
                  PURPOSES[block.purpose],
                  block.note,
                  <span key="when">
                    {block.reservedBy ? `${block.reservedBy}, ` : null}
                    <RelativeTime at={block.reservedAt} suffix=" ago" />
                  </span>,
                ]}
                trailing={
                  block.canManage ? (
                    <ActionMenu
                      label={`Actions for ${rangeOf(block)}`}
                      items={[
                        { label: "Print labels", icon: <Printer aria-hidden />, onSelect: () => router.push(labelsOf("block", block.id)) },
                        {
                          label: "Release…",
                          icon: <Undo2 aria-hidden />,
                          tone: "danger",
                          separated: true,
                          onSelect: () => setReleasing(block),
                        },
                      ]}
                    />
                  ) : null
                }
              />
            ))}
          </DataList>
        </>
      )}
      {reserving ? (
        <ReserveDialog
          onClose={() => setReserving(false)}
          onReserved={(block) => {
            setReserving(false);
            router.push(labelsOf("block", block.id));
          }}
        />
      ) : null}
      <ConfirmDialog
        open={releasing !== undefined}
        onOpenChange={(open) => !open && setReleasing(undefined)}
        title={releasing ? `Release ${rangeOf(releasing)}?` : ""}
        consequence={
          releasing
            ? `${(releasing.count - releasing.used).toLocaleString("en")} unused IDs are given out again, perhaps on another farm. Throw labels that carry them away first. Devices that are registered keep theirs.`
            : ""
        }
        confirmLabel="Release IDs"
        onConfirm={confirm}
        describeFailure={(error) => (error as ApiError).message}
      />
    </>
  );
}

function rangeOf({ count, firstId, lastId }: IdBlockView): string {
  return count === 1 ? firstId : `${firstId} – ${lastId}`;
}
