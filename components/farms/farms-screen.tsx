"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Warehouse } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { DefinitionList } from "@/components/patterns/definition-list";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { formatCount } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { FarmView } from "@/server/services/farms/views";
import { formatDays, formatTimes } from "./format-session";
import { FrozenUntil } from "./frozen-until";

const FarmDialog = dynamic(() => import("./farm-dialog").then((module) => module.FarmDialog));

/** The farms with their local time and milking sessions. */
export function FarmsScreen({ editableFarmIds }: { editableFarmIds: string[] | "all" }) {
  const trpc = useTRPC();
  const { viewer } = useConsole();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const [edited, setEdited] = useState<FarmView | "new">();
  const mayEdit = (farm: FarmView) => editableFarmIds === "all" || editableFarmIds.includes(farm.id);
  const add = viewer.isAdmin ? (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus aria-hidden />
      Add farm
    </Button>
  ) : null;
  return (
    <>
      <PageHeader
        title="Farms"
        subtitle="Updates and restarts keep out of a farm's milking sessions, in its own time zone."
        actions={add}
      />
      <div className="mt-5">
        {farms.isError ? (
          <ErrorState onRetry={() => void farms.refetch()} />
        ) : !farms.data ? (
          <Skeleton className="h-48 rounded-card" />
        ) : farms.data.length === 0 ? (
          <Card>
            <EmptyState icon={<Warehouse />} title="No farm yet" description="Ask an admin to give you access to a farm." action={add} />
          </Card>
        ) : (
          <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
            {farms.data.map((farm) => (
              <FarmCard key={farm.id} farm={farm} onEdit={mayEdit(farm) ? () => setEdited(farm) : undefined} />
            ))}
          </div>
        )}
      </div>
      {edited ? <FarmDialog farm={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}

function FarmCard({ farm, onEdit }: { farm: FarmView; onEdit?: () => void }) {
  return (
    <Card>
      <CardHeader
        title={farm.name}
        description={<span className="font-mono tracking-tight">{farm.code}</span>}
        divided
        aside={
          onEdit ? (
            <Button variant="ghost" size="icon-sm" onClick={onEdit} aria-label={`Edit ${farm.name}`}>
              <Pencil aria-hidden />
            </Button>
          ) : null
        }
      />
      <CardBody className="pt-4">
        <DefinitionList
          items={[
            { term: "Devices", value: formatCount(farm.deviceCount) },
            { term: "Time zone", value: farm.timeZone },
            { term: "Address", value: farm.address },
            { term: "Updates", value: <FrozenUntil farm={farm} /> },
            {
              term: "Milking",
              value:
                farm.milkingSessions.length > 0 ? (
                  <ul className="flex flex-col gap-1.5">
                    {farm.milkingSessions.map((session) => (
                      <li key={session.id}>
                        {session.name}
                        <span className="block text-ink-2">
                          <span className="whitespace-nowrap">{formatTimes(session)}</span>, {formatDays(session.weekdays)}
                        </span>
                      </li>
                    ))}
                  </ul>
                ) : null,
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
