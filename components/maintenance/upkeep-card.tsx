import { CalendarCog } from "lucide-react";
import { DefinitionList } from "@/components/patterns/definition-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import { describeDistance, formatDay } from "./format-day";
import type { RecordTask } from "./record-task";

interface UpkeepCardProps {
  maintenance: DeviceMaintenance;
  onTask: (task: RecordTask) => void;
}

/** When the device is serviced next, whatever else is planned. */
export function UpkeepCard({ maintenance, onTask }: UpkeepCardProps) {
  const { device, today, mayEdit } = maintenance;
  const next = device.nextMaintenanceDate;
  return (
    <Card>
      <CardHeader
        title="Regular maintenance"
        divided
        aside={next && next < today && device.lifecycle !== "decommissioned" ? <Badge tone="critical">Overdue</Badge> : null}
      />
      <CardBody className="pt-4">
        <DefinitionList
          className="break-words"
          items={[
            { term: "Next", value: next && `${formatDay(next)}, ${describeDistance(next, today)}` },
            { term: "Notes", value: device.maintenanceNotes },
          ]}
        />
      </CardBody>
      {mayEdit && device.lifecycle !== "decommissioned" ? (
        <CardFooter>
          <Button onClick={() => onTask({ kind: "dates" })}>
            <CalendarCog aria-hidden />
            Change dates
          </Button>
        </CardFooter>
      ) : null}
    </Card>
  );
}
