"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { AlertRow } from "./alert-row";

const RaiseDialog = dynamic(() => import("./raise-dialog").then((module) => module.RaiseDialog));

interface DeviceAlertsProps {
  deviceId: string;
  /** Whether the caller may raise one by hand. */
  mayRaise: boolean;
}

/** A device's open alerts; nothing is said when all is well and nobody could add one. */
export function DeviceAlerts({ deviceId, mayRaise }: DeviceAlertsProps) {
  const trpc = useTRPC();
  const [raising, setRaising] = useState(false);
  const open = useQuery(trpc.alerts.list.queryOptions({ deviceId, view: "open", pageSize: 20 }));
  const alerts = open.data?.alerts ?? [];
  if (alerts.length === 0 && !mayRaise) return null;
  return (
    <Card>
      <CardHeader
        title="Open alerts"
        divided
        aside={
          mayRaise ? (
            <Button size="sm" onClick={() => setRaising(true)}>
              <Megaphone aria-hidden />
              Report a problem
            </Button>
          ) : null
        }
      />
      {alerts.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{open.isPending ? "\u00a0" : "None. What the health check finds appears here."}</p>
      ) : (
        <ul className="divide-y">
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} onDevice />
          ))}
        </ul>
      )}
      {raising ? <RaiseDialog deviceId={deviceId} onClose={() => setRaising(false)} /> : null}
    </Card>
  );
}
