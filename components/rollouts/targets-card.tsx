"use client";

import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { LoadMore } from "@/components/devices/list/load-more";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableHeader } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import type { TargetView } from "@/server/services/rollouts/list-targets";
import { progressOf } from "./rollout-progress";
import { TARGET_FILTERS, type TargetFilters, TARGETS_ANCHOR, toTargetListInput } from "./target-filters";
import { TargetItem, TargetRow } from "./target-row";
import { TargetToolbar } from "./target-toolbar";

/** The devices of a rollout: where each stands, why, and what happened to it. Those left out are shown apart. */
export function TargetsCard({ rollout }: { rollout: RolloutPageView }) {
  const trpc = useTRPC();
  const [filters, setFilters] = useQueryStates(TARGET_FILTERS, { history: "replace", clearOnDefault: true });
  const [skipped, setSkipped] = useState<string>();
  const pages = useInfiniteQuery({
    ...trpc.rollouts.targets.infiniteQueryOptions(toTargetListInput(rollout.id, filters), { getNextPageParam: (page) => page.nextCursor }),
    placeholderData: keepPreviousData,
  });
  const targets = pages.data?.pages.flatMap((page) => page.targets);
  const isFiltered = filters.show !== "counted" || filters.why !== null || filters.stage !== null || filters.q !== "";
  return (
    <Card id={TARGETS_ANCHOR} className="mt-4 scroll-mt-4" aria-labelledby="rollout-devices">
      <CardHeader title="Devices" titleId="rollout-devices" />
      <TargetToolbar rollout={rollout} filters={filters} onChange={(change) => void setFilters(change)} />
      {pages.isError ? (
        <ErrorState level={3} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      ) : !targets ? (
        <div aria-busy className="flex flex-col gap-3 border-t p-4">
          <LoadingLabel />
          {["a", "b", "c", "d"].map((key) => (
            <Skeleton key={key} className="h-12 rounded-control" />
          ))}
        </div>
      ) : targets.length === 0 ? (
        <EmptyState
          level={3}
          icon={<SearchX />}
          title={isFiltered ? "No devices match" : "No devices"}
          description={
            isFiltered
              ? "Try another word or fewer filters."
              : progressOf(rollout.counts).leftOut > 0
                ? "All of them were left out."
                : "None of this rollout's devices is on your farms."
          }
          action={isFiltered ? <Button onClick={() => void setFilters(null)}>Clear filters</Button> : undefined}
        />
      ) : (
        <>
          <Targets rollout={rollout} targets={targets} onSkip={rollout.maySteer ? setSkipped : undefined} />
          <LoadMore
            shown={targets.length}
            total={totalOf(rollout, filters)}
            hasMore={pages.hasNextPage}
            loading={pages.isFetchingNextPage}
            onLoad={() => void pages.fetchNextPage()}
          />
        </>
      )}
      <SkipDialog rolloutId={rollout.id} deviceId={skipped} onClose={() => setSkipped(undefined)} />
    </Card>
  );
}

interface TargetsProps {
  rollout: RolloutPageView;
  targets: readonly TargetView[];
  onSkip: ((deviceId: string) => void) | undefined;
}

function Targets({ rollout, targets, onSkip }: TargetsProps) {
  const skip = (deviceId: string) => onSkip && (() => onSkip(deviceId));
  return (
    <>
      <div className="border-t max-md:hidden">
        <Table caption="Devices of the rollout">
          <TableHeader>
            <tr>
              <TableHead>Device</TableHead>
              <TableHead>Stage</TableHead>
              <TableHead>State</TableHead>
              <TableHead>From</TableHead>
              <TableHead align="right">Since</TableHead>
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {targets.map((target) => (
              <TargetRow
                key={target.id}
                rolloutId={rollout.id}
                target={target}
                stageName={target.state === "skipped" ? "" : (rollout.stages[target.position]?.name ?? "")}
                onSkip={skip(target.deviceId)}
              />
            ))}
          </TableBody>
        </Table>
      </div>
      <ul aria-label="Devices of the rollout" className="divide-y border-t md:hidden">
        {targets.map((target) => (
          <TargetItem key={target.id} rolloutId={rollout.id} target={target} onSkip={skip(target.deviceId)} />
        ))}
      </ul>
    </>
  );
}

function SkipDialog({ rolloutId, deviceId, onClose }: { rolloutId: string; deviceId: string | undefined; onClose: () => void }) {
  const trpc = useTRPC();
  const skip = useMutation(trpc.rollouts.skip.mutationOptions());
  const [shown, setShown] = useState(deviceId);
  if (deviceId !== undefined && deviceId !== shown) setShown(deviceId);
  return (
    <ConfirmDialog
      open={deviceId !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Leave ${shown} out?`}
      consequence="It keeps the version it runs, and no longer counts in this rollout. It can be part of another one."
      confirmLabel="Leave out"
      tone="plain"
      noteLabel="Why"
      onConfirm={async (reason) => {
        await skip.mutateAsync({ id: rolloutId, deviceId: shown ?? "", reason });
        toast.success(`${shown} is left out`);
      }}
      describeFailure={(error) => (error as ApiError).message}
    />
  );
}

/** How many there are by the page's own counts; nobody has counted what a search or a reason finds. */
function totalOf({ counts, stages }: RolloutPageView, { show, why, stage, q }: TargetFilters): number | undefined {
  if (q !== "" || why !== null) return undefined;
  const progress = progressOf(stage === null || show === "leftOut" ? counts : (stages[stage]?.counts ?? {}));
  return progress[show === "counted" ? "total" : show];
}
