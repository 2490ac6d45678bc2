"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import type { IntervalView } from "@/server/services/maintenance/list-intervals";

const IntervalDialog = dynamic(() => import("./interval-dialog").then((module) => module.IntervalDialog));

/** How often devices are calibrated, by type and model. */
export function IntervalsScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.maintenance.intervals.queryOptions());
  const [edited, setEdited] = useState<IntervalView | "new">();
  const [removed, setRemoved] = useState<IntervalView>();
  const remove = useMutation(trpc.maintenance.removeInterval.mutationOptions());
  const intervals = query.data?.intervals ?? [];
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Calibration"
        subtitle="How often devices are calibrated. A model's interval comes before its type's, a device's own before both."
        actions={
          <Button variant="primary" onClick={() => setEdited("new")}>
            <Plus aria-hidden />
            Add interval
          </Button>
        }
      />
      <div className="mt-5">
        {query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : !query.data ? (
          <div aria-busy>
            <LoadingLabel />
            <Skeleton className="h-80 rounded-card" />
          </div>
        ) : (
          <Card>
            <ul className="divide-y">
              {DEVICE_TYPES.map((type) => (
                <TypeRow
                  key={type}
                  type={type}
                  intervals={intervals.filter((interval) => interval.deviceType === type)}
                  onEdit={setEdited}
                  onRemove={setRemoved}
                />
              ))}
            </ul>
          </Card>
        )}
      </div>
      {edited && query.data ? (
        <IntervalDialog interval={edited === "new" ? undefined : edited} models={query.data.models} onClose={() => setEdited(undefined)} />
      ) : null}
      <ConfirmDialog
        open={removed !== undefined}
        onOpenChange={(isOpen) => !isOpen && setRemoved(undefined)}
        title={removed ? `Remove the interval of ${nameOf(removed)}?` : ""}
        consequence={
          removed?.model
            ? "Its devices fall back to their type's interval, or need no calibration."
            : "Devices of this type without an interval of their own or their model's need no calibration any more."
        }
        confirmLabel="Remove interval"
        onConfirm={async () => {
          if (!removed) return;
          const { changed } = await remove.mutateAsync({ id: removed.id });
          toast.success(changed === 1 ? "1 device was judged anew" : `${changed} devices were judged anew`);
        }}
      />
    </div>
  );
}

function nameOf({ deviceType, model }: IntervalView): string {
  return model || `all ${DEVICE_TYPE_FACTS[deviceType].plural.toLowerCase()}`;
}

interface TypeRowProps {
  type: DeviceType;
  intervals: readonly IntervalView[];
  onEdit: (interval: IntervalView) => void;
  onRemove: (interval: IntervalView) => void;
}

function TypeRow({ type, intervals, onEdit, onRemove }: TypeRowProps) {
  return (
    <li className="flex gap-3 px-4 py-3">
      <IconTile>
        <DeviceTypeIcon type={type} />
      </IconTile>
      <div className="min-w-0 flex-1">
        <h2 className="flex min-h-8 items-center font-semibold">{DEVICE_TYPE_FACTS[type].plural}</h2>
        {intervals.length === 0 ? <p className="text-sm text-ink-3">No calibration required</p> : null}
        <ul>
          {intervals.map((interval) => (
            <li key={interval.id} className="flex min-h-10 items-center gap-2">
              <p className="min-w-0 flex-1">
                {interval.model ? <span className="font-medium">{interval.model}</span> : <span className="text-ink-2">All models</span>}
                <span className="text-ink-2">: every </span>
                <span className="tabular">{interval.days} days</span>
              </p>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Change the interval of ${nameOf(interval)}`}
                onClick={() => onEdit(interval)}
              >
                <Pencil aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove the interval of ${nameOf(interval)}`}
                onClick={() => onRemove(interval)}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
