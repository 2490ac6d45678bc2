import { Gauge } from "lucide-react";
import { DefinitionList } from "@/components/patterns/definition-list";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import { CalibrationBadge } from "./calibration-badge";
import { describeDistance, formatDay } from "./format-day";
import type { RecordTask } from "./record-task";

const SOURCES = { device: "this device's own", model: "as for its model", type: "as for its type" } as const;

interface CalibrationCardProps {
  maintenance: DeviceMaintenance;
  onTask: (task: RecordTask) => void;
}

/** Whether the device still measures right on paper: status, dates, certificate and deviation. */
export function CalibrationCard({ maintenance, onTask }: CalibrationCardProps) {
  const { calibration, today, mayEdit } = maintenance;
  const { status, intervalDays, lastDate, nextDate, certificate, deviation, source } = calibration;
  return (
    <Card>
      <CardHeader title="Calibration" divided aside={<CalibrationBadge status={status} />} />
      <CardBody className="pt-4">
        {intervalDays === null && lastDate === null ? (
          <p className="text-ink-2">No interval is set for this kind of device, so no calibration is required.</p>
        ) : (
          <DefinitionList
            className="break-words"
            items={[
              { term: "Last", value: lastDate && formatDay(lastDate) },
              { term: "Next", value: nextOf(intervalDays, nextDate, today) },
              { term: "Interval", value: intervalDays === null ? null : `${intervalDays} days, ${SOURCES[source]}` },
              { term: "Certificate", value: certificate, mono: true },
              { term: "Deviation", value: deviation },
            ]}
          />
        )}
      </CardBody>
      {mayEdit ? (
        <CardFooter>
          <Button onClick={() => onTask({ kind: "done", type: "calibration" })}>
            <Gauge aria-hidden />
            Record calibration
          </Button>
        </CardFooter>
      ) : null}
    </Card>
  );
}

function nextOf(intervalDays: number | null, nextDate: string | null, today: string): string | null {
  if (intervalDays === null) return null;
  return nextDate ? `${formatDay(nextDate)}, ${describeDistance(nextDate, today)}` : "Now: none is on record";
}
