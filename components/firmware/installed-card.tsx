import Link from "next/link";
import { formatCount } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { FirmwareView } from "@/server/services/firmware/views";
import { devicesRunning } from "./firmware-facts";

/** How many devices run a version, and what updates to it came to: counted from the devices themselves. */
export function InstalledCard({ firmware }: { firmware: FirmwareView }) {
  const { deviceCount, successfulUpdates, failedUpdates, deviceType, version } = firmware;
  const figures = [
    { label: "run it", value: deviceCount },
    { label: "updated to it", value: successfulUpdates },
    { label: "failed", value: failedUpdates, isBad: failedUpdates > 0 },
  ];
  return (
    <Card>
      <CardHeader title="Devices" divided />
      <CardBody>
        <dl className="grid grid-cols-3 gap-3">
          {figures.map(({ label, value, isBad }) => (
            <div key={label} className="flex flex-col-reverse justify-end">
              <dt className="text-sm text-ink-2">{label}</dt>
              <dd className={cn("text-figure tabular", isBad && "text-critical")}>{formatCount(value)}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
      {deviceCount > 0 ? (
        <CardFooter>
          <Button size="sm" render={<Link href={devicesRunning(deviceType, version)} />}>
            {deviceCount === 1 ? "Show the device" : `Show the ${formatCount(deviceCount)} devices`}
          </Button>
        </CardFooter>
      ) : null}
    </Card>
  );
}
