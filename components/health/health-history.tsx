"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartLine } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ChoiceRow } from "@/components/patterns/choice-row";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { HISTORY_RANGES, HISTORY_STEPS, type HistoryRange } from "@/server/domain/health/history";
import type { HealthHistory as History } from "@/server/services/health/get-health-history";
import { HealthHistorySkeleton } from "./health-history-skeleton";
import { historySeries } from "./history-series";
import { HistoryTable } from "./history-table";
import { historyTimes } from "./history-times";
import { LineChart } from "@/components/charts/line-chart";

const REFRESH_MS = 60_000;
const RANGES = HISTORY_RANGES.map((value) => ({ value, label: HISTORY_STEPS[value].label }));

/** Battery, signal, errors and uptime of one device over a day, a week or a quarter. */
export function HealthHistory({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const [range, setRange] = useState<HistoryRange>("24h");
  const history = useQuery({
    ...trpc.devices.history.queryOptions({ deviceId, range }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <Card>
      <CardHeader
        title="Health history"
        divided
        aside={<ChoiceRow label="Time span" options={RANGES} value={range} onChange={setRange} />}
      />
      <CardBody className="pt-4">
        {history.isError ? (
          <ErrorState level={3} onRetry={() => void history.refetch()} retrying={history.isFetching} />
        ) : !history.data ? (
          <HealthHistorySkeleton />
        ) : history.data.points.every(({ messages }) => messages === 0) ? (
          <EmptyState
            level={3}
            icon={<ChartLine />}
            title="No history yet"
            description={`The device reported nothing in these ${HISTORY_STEPS[range].label}. Charts fill hour by hour once it does.`}
          />
        ) : (
          <div
            aria-busy={history.isPlaceholderData}
            className={history.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined}
          >
            <Charts history={history.data} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Charts({ history }: { history: History }) {
  const times = historyTimes(history);
  const step = HISTORY_STEPS[history.range].step;
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        {historySeries(history).map((series) => (
          <LineChart key={series.title} {...series} {...times} />
        ))}
      </div>
      <p className="text-sm text-ink-3">
        One point {step === "hour" ? "an hour" : "a day"}, in the farm&rsquo;s time ({history.timeZone}). Where nothing was reported the
        line is broken.
      </p>
      <HistoryTable history={history} />
    </div>
  );
}
