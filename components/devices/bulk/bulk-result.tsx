"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { DownloadButton } from "@/components/patterns/download-button";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import type { Tone } from "@/components/ui/tone";
import { BULK_KIND_FACTS, type BulkItemState } from "@/server/domain/bulk/vocabulary";
import type { StartedBulk } from "@/server/services/bulk/start-bulk";

const POLL_MS = 1_000;

const STATES: Record<BulkItemState, { label: string; tone: Tone }> = {
  pending: { label: "Waiting", tone: "info" },
  done: { label: "Done", tone: "healthy" },
  skipped: { label: "Left out", tone: "unknown" },
  failed: { label: "Failed", tone: "critical" },
  cancelled: { label: "Cancelled", tone: "unknown" },
};

/** How far an action is, and what became of each device. */
export function BulkResult({ started }: { started: StartedBulk }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id, secrets } = started;
  const progress = useQuery({
    ...trpc.bulk.get.queryOptions({ id }),
    refetchInterval: (query) => (query.state.data?.isFinished ? false : POLL_MS),
  });
  const items = useInfiniteQuery(
    trpc.bulk.items.infiniteQueryOptions(
      { id },
      {
        getNextPageParam: (page) => page.next,
        // Until no row waits any more: the count may be told finished before the rows were read again.
        refetchInterval: ({ state }) =>
          progress.data?.isFinished && !state.data?.pages.some((page) => page.items.some((item) => item.state === "pending"))
            ? false
            : POLL_MS * 2,
      },
    ),
  );
  const cancel = useMutation(
    trpc.bulk.cancel.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: trpc.bulk.pathKey() }) }),
  );
  const bulk = progress.data;
  const settled = bulk ? bulk.total - bulk.counts.pending : 0;
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {secrets.length > 0 ? (
          <Callout
            tone="warning"
            title="The new passwords are shown once"
            action={
              <DownloadButton
                variant="primary"
                fileName="device-passwords.csv"
                mimeType="text/csv;charset=utf-8"
                content={() => toCsv(secrets)}
              >
                Download
              </DownloadButton>
            }
          >
            Download them before you close this.
          </Callout>
        ) : null}
        {bulk ? (
          <>
            <Progress
              label={summaryOf(bulk.counts, BULK_KIND_FACTS[bulk.kind].done)}
              value={bulk.total > 0 ? (settled / bulk.total) * 100 : 100}
              detail={`${settled.toLocaleString("en")} of ${bulk.total.toLocaleString("en")}`}
            />
            {bulk.counts.pending > 0 ? (
              <p className="text-sm text-ink-2">
                Devices answer when they can; offline ones when they are back, until the command expires. You may close this.
              </p>
            ) : null}
          </>
        ) : (
          <Progress label="Looking…" value={null} />
        )}
        <ul className="divide-y rounded-control border">
          {(items.data?.pages ?? []).flatMap((page) =>
            page.items.map((item) => (
              <li key={item.deviceId} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                <span className="font-mono font-semibold tracking-tight">{item.deviceId}</span>
                <span className="min-w-0 flex-1 truncate text-ink-2">{item.reason ?? item.name}</span>
                <Badge tone={STATES[item.state].tone}>{STATES[item.state].label}</Badge>
              </li>
            )),
          )}
        </ul>
        {items.hasNextPage ? (
          <Button className="self-center" loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </DialogBody>
      <DialogFooter>
        {bulk && bulk.counts.pending > 0 ? (
          <Button size="lg" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            Cancel the rest
          </Button>
        ) : null}
        <DialogClose render={<Button size="lg" variant="primary" />}>Close</DialogClose>
      </DialogFooter>
    </>
  );
}

function summaryOf(counts: Record<BulkItemState, number>, done: string): string {
  return [
    `${counts.done.toLocaleString("en")} ${done}`,
    counts.failed > 0 ? `${counts.failed.toLocaleString("en")} failed` : "",
    counts.skipped > 0 ? `${counts.skipped.toLocaleString("en")} left out` : "",
    counts.cancelled > 0 ? `${counts.cancelled.toLocaleString("en")} cancelled` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** Device IDs and passwords hold nothing that a spreadsheet could run or that needs quotes. */
function toCsv(secrets: StartedBulk["secrets"]): string {
  return ["device_id,password", ...secrets.map(({ deviceId, password }) => `${deviceId},${password}`)].join("\r\n") + "\r\n";
}
