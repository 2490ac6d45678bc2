"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import type { DiagnosticView } from "@/server/services/diagnostics/get-diagnostic";
import { CheckList } from "./check-list";
import { CHECK_RESULT_FACTS, describeCounts } from "./diagnostic-facts";

/** One finished report, beside the one before it. */
export function DiagnosticReport({ diagnosticId }: { diagnosticId: string }) {
  const trpc = useTRPC();
  const { data, isError, refetch } = useQuery(trpc.diagnostics.get.queryOptions({ diagnosticId }));
  if (isError) return <ErrorState level={3} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className="flex flex-col gap-3 p-4">
        <Skeleton className="h-8" />
        <Skeleton className="h-40" />
      </div>
    );
  }
  return (
    <div className="pb-2">
      <Headline report={data} />
      <CheckList source="device" checks={data.checks} compared={data.previous !== null} />
      <CheckList source="server" checks={data.checks} compared={data.previous !== null} />
    </div>
  );
}

function Headline({ report }: { report: DiagnosticView }) {
  const { label, tone } = CHECK_RESULT_FACTS[report.result ?? "warning"];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3">
      <Badge tone={tone}>{label}</Badge>
      <p className="font-medium">{describeCounts(report.counts)}</p>
      <p className="text-sm text-ink-2">
        <RelativeTime at={report.finishedAt} suffix=" ago" />
        {report.requestedBy ? `, asked for by ${report.requestedBy}` : null}
      </p>
      {report.previous ? (
        <p className="basis-full text-sm text-ink-2">
          {describeChanges(report)} since the one before, <RelativeTime at={report.previous.requestedAt} suffix=" ago" />
        </p>
      ) : null}
    </div>
  );
}

function describeChanges({ checks }: DiagnosticView): string {
  const count = (change: string) => checks.filter((check) => check.change === change).length;
  const [better, worse, fresh] = [count("better"), count("worse"), count("new")];
  const words = [better > 0 && `${better} better`, worse > 0 && `${worse} worse`, fresh > 0 && `${fresh} new`].filter(Boolean);
  return words.length > 0 ? words.join(", ") : "Nothing has changed";
}
