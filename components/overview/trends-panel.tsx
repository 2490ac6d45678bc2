"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ChoiceRow } from "@/components/patterns/choice-row";
import { ErrorState } from "@/components/patterns/error-state";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { OVERVIEW_SPANS, SPAN_FACTS } from "@/server/domain/overview/schema";
import { OVERVIEW_STATE } from "./overview-state";
import { AlertTrend, HealthTrend, OnlineTrend } from "./trend-charts";
import { TrendSkeleton } from "./trend-skeleton";

const REFRESH_MS = 60_000;
const SPANS = OVERVIEW_SPANS.map((value) => ({ value, label: SPAN_FACTS[value].label }));

/** Health, connection and alerts over a week, a month or a quarter. */
export function TrendsPanel({ farmId }: { farmId: string | undefined }) {
  const trpc = useTRPC();
  const [{ span }, setState] = useQueryStates(OVERVIEW_STATE, { clearOnDefault: true });
  const options = { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS };
  const history = useQuery({ ...trpc.overview.history.queryOptions({ farmId, span }), ...options });
  const alerts = useQuery({ ...trpc.overview.alertsPerDay.queryOptions({ farmId, span }), ...options });
  return (
    <Card>
      <CardHeader
        title="Over time"
        divided
        aside={<ChoiceRow label="Time span" options={SPANS} value={span} onChange={(next) => void setState({ span: next })} />}
      />
      <CardBody className="grid gap-x-8 gap-y-6 lg:grid-cols-3">
        <Trend query={history}>{(data) => <HealthTrend history={data} />}</Trend>
        <Trend query={history}>{(data) => <OnlineTrend history={data} />}</Trend>
        <Trend query={alerts}>{(data) => <AlertTrend alerts={data} />}</Trend>
      </CardBody>
      <p className="px-4 pb-4 text-sm text-ink-3">
        Days begin at midnight in {(history.data ?? alerts.data)?.timeZone ?? "the farm's time zone"}.
      </p>
    </Card>
  );
}

interface TrendProps<Data> {
  query: { data: Data | undefined; isError: boolean; isFetching: boolean; isPlaceholderData: boolean; refetch: () => Promise<unknown> };
  children: (data: Data) => ReactNode;
}

function Trend<Data>({ query, children }: TrendProps<Data>) {
  if (query.data !== undefined)
    return (
      <div
        aria-busy={query.isPlaceholderData}
        className={cn("min-w-0", query.isPlaceholderData && "opacity-60 transition-opacity delay-150")}
      >
        {children(query.data)}
      </div>
    );
  return query.isError ? <ErrorState level={3} onRetry={() => void query.refetch()} retrying={query.isFetching} /> : <TrendSkeleton />;
}
