"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Printer, ScrollText } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Pagination } from "@/components/patterns/pagination";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { LABEL_METHOD_FACTS, LABEL_TEMPLATE_FACTS } from "@/server/domain/labels/vocabulary";
import type { LabelPrintView } from "@/server/services/labels/list-prints";
import { labelsOf } from "./labels-href";

const PAGE_SIZE = 20;

/** Who made which labels, when, how and how many. */
export function PrintsTab() {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [page, setPage] = useState(1);
  const input = { farmIds: selectedFarmId ? [selectedFarmId] : [], page, pageSize: PAGE_SIZE };
  const log = useQuery({ ...trpc.labels.prints.queryOptions(input), placeholderData: keepPreviousData });
  if (log.isError) {
    return (
      <Card>
        <ErrorState level={2} onRetry={() => void log.refetch()} retrying={log.isFetching} />
      </Card>
    );
  }
  if (!log.data) return <Skeleton className="h-48 rounded-card" />;
  if (log.data.total === 0) {
    return (
      <Card>
        <EmptyState
          icon={<ScrollText />}
          title="No labels made yet"
          description="Each print and each file is noted here: who, when, which devices."
        />
      </Card>
    );
  }
  return (
    <>
      <DataList label="Labels that were made">
        {log.data.prints.map((print) => (
          <PrintItem key={print.id} print={print} />
        ))}
      </DataList>
      {log.data.total > PAGE_SIZE ? (
        <Pagination page={page} pageSize={PAGE_SIZE} total={log.data.total} noun="prints" onPageChange={setPage} className="mt-3" />
      ) : null}
    </>
  );
}

function PrintItem({ print }: { print: LabelPrintView }) {
  const { labels, devices, reprints, firstId, lastId, printedBy } = print;
  const what = devices === 1 ? firstId : `${firstId} – ${lastId}`;
  return (
    <DataListCard
      title={`${labels.toLocaleString("en")} ${labels === 1 ? "label" : "labels"}${reprints > 0 ? `, ${again(reprints, devices)}` : ""}`}
      code={what}
      subtitle={print.farm.name}
      facts={[
        printedBy ?? "Somebody who is gone",
        <RelativeTime key="when" at={print.printedAt} suffix=" ago" />,
        LABEL_METHOD_FACTS[print.method].label,
        print.stock,
        print.template ? LABEL_TEMPLATE_FACTS[print.template].label : null,
      ]}
      trailing={
        print.canReprint ? (
          <Button size="sm" aria-label={`Print ${what} again`} render={<Link href={labelsOf("reprint", print.id)} />}>
            <Printer aria-hidden />
            Again
          </Button>
        ) : null
      }
    />
  );
}

function again(reprints: number, devices: number): string {
  if (reprints === devices) return "again";
  return `${reprints.toLocaleString("en")} of them again`;
}
