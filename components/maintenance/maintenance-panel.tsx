"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarPlus, Check } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import { CalibrationCard } from "./calibration-card";
import { RecordList } from "./record-list";
import type { RecordTask } from "./record-task";
import { UpkeepCard } from "./upkeep-card";

const TaskDialog = dynamic(() => import("./task-dialog").then((module) => module.TaskDialog));

/** A device's maintenance: what is planned, what was done, when it is due and where its calibration stands. */
export function MaintenancePanel({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.maintenance.records.queryOptions({ deviceId }));
  const [task, setTask] = useState<RecordTask>();
  return (
    <div id="maintenance" className="@container scroll-mt-4">
      {query.isError ? (
        <Card>
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
        </Card>
      ) : query.data ? (
        <Loaded maintenance={query.data} onTask={setTask} />
      ) : (
        <div aria-busy className="grid gap-4 @3xl:grid-cols-[3fr_2fr]">
          <LoadingLabel />
          <Skeleton className="h-64 rounded-card" />
          <Skeleton className="h-64 rounded-card" />
        </div>
      )}
      {task && query.data ? <TaskDialog task={task} maintenance={query.data} onClose={() => setTask(undefined)} /> : null}
    </div>
  );
}

function Loaded({ maintenance, onTask }: { maintenance: DeviceMaintenance; onTask: (task: RecordTask) => void }) {
  const { device, records, mayEdit } = maintenance;
  const mayPlan = mayEdit && device.lifecycle !== "decommissioned";
  return (
    <div className="grid items-start gap-4 @3xl:grid-cols-[3fr_2fr]">
      <Card>
        <CardHeader
          title="Maintenance"
          divided
          aside={
            mayEdit ? (
              <>
                <Button size="sm" onClick={() => onTask({ kind: "done" })}>
                  <Check aria-hidden />
                  Record work
                </Button>
                {mayPlan ? (
                  <Button size="sm" onClick={() => onTask({ kind: "plan" })}>
                    <CalendarPlus aria-hidden />
                    Plan work
                  </Button>
                ) : null}
              </>
            ) : null
          }
        />
        <RecordList records={records} maintenance={maintenance} onTask={onTask} />
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <CalibrationCard maintenance={maintenance} onTask={onTask} />
        <UpkeepCard maintenance={maintenance} onTask={onTask} />
      </div>
    </div>
  );
}
