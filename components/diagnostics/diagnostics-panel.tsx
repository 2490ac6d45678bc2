"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { CardPagination } from "@/components/patterns/pagination";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { COMMAND_LIFETIME_SECONDS } from "@/server/domain/commands/schema";
import type { DiagnosticPage } from "@/server/services/diagnostics/list-diagnostics";
import { DiagnosticHistory } from "./diagnostic-history";
import { DiagnosticReport } from "./diagnostic-report";
import { useRunDiagnostic } from "./use-run-diagnostic";

/** A device's examinations: the latest report, what changed, and all earlier ones. */
export function DiagnosticsPanel({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const [page, setPage] = useState(1);
  const options = trpc.diagnostics.list.queryOptions(page === 1 ? { deviceId } : { deviceId, page });
  const { data, isError, refetch } = useQuery({ ...options, placeholderData: keepPreviousData });
  const diagnostic = useRunDiagnostic(deviceId);
  const isRunning = data?.diagnostics.some(({ state }) => state === "running") ?? false;
  const run = data?.mayRun ? (
    <Button onClick={diagnostic.run} loading={diagnostic.isPending} disabled={isRunning}>
      <Activity aria-hidden />
      Run diagnostic
    </Button>
  ) : null;
  return (
    <Card>
      <CardHeader title="Diagnostics" divided aside={data && data.total > 0 ? run : null} />
      {isError ? (
        <ErrorState level={3} onRetry={() => void refetch()} />
      ) : !data ? (
        <div className="p-4">
          <Skeleton className="h-24" />
        </div>
      ) : data.total === 0 ? (
        <EmptyState
          level={3}
          icon={<Activity />}
          title="Not examined yet"
          description="A diagnostic asks the device for its self-test and adds what the server knows of it: battery, signal, clock, password, refused messages."
          action={run}
        />
      ) : (
        <Reports data={data} onPageChange={setPage} />
      )}
    </Card>
  );
}

function Reports({ data, onPageChange }: { data: DiagnosticPage; onPageChange: (page: number) => void }) {
  const [chosenId, setChosenId] = useState<string>();
  const running = data.diagnostics.find(({ state }) => state === "running");
  const latest = data.diagnostics.find(({ state }) => state !== "running");
  // A new diagnostic is what people want to see next, whatever they looked at before.
  const [seenId, setSeenId] = useState(running?.id);
  if (running && running.id !== seenId) {
    setSeenId(running.id);
    setChosenId(undefined);
  }
  const shownId = chosenId ?? latest?.id;
  return (
    <>
      {running ? (
        <div className="border-b px-4 py-3">
          <Progress label="Waiting for the device's self-test" value={null} detail="" />
          <p className="mt-1.5 text-sm text-ink-2">
            If it is away it is asked as soon as it is back. Given up{" "}
            <RelativeTime at={new Date(running.requestedAt.getTime() + COMMAND_LIFETIME_SECONDS.diagnostic * 1000)} />.
          </p>
        </div>
      ) : null}
      {shownId ? <DiagnosticReport diagnosticId={shownId} /> : null}
      {data.total > 1 ? (
        <section className="border-t">
          <h3 className="px-4 pt-3 pb-1 text-sm font-semibold text-ink-2">History</h3>
          <DiagnosticHistory diagnostics={data.diagnostics} selectedId={shownId} onSelect={setChosenId} />
          <CardPagination page={data.page} pageSize={data.pageSize} total={data.total} onPageChange={onPageChange} noun="diagnostics" />
        </section>
      ) : null}
    </>
  );
}
