import {
  BatteryLow,
  BatteryWarning,
  Bell,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  CloudUpload,
  Cpu,
  Loader,
  Monitor,
  Plus,
  RadioTower,
} from "lucide-react";
import Link from "next/link";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { StatCard, StatCardSkeleton } from "@/components/patterns/stat-card";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import { LoadingLabel } from "@/components/ui/skeleton";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { Shell } from "../shell";
export default function Page() {
  const now = Date.now();
  return (
    <Shell>
      <PageHeader
        title="Overview"
        subtitle={
          <>
            All farms · last health check <RelativeTime at={now - 24000} suffix=" ago" />
          </>
        }
        actions={
          <>
            <Button>
              <Monitor aria-hidden />
              Wall view
            </Button>
            <Button variant="primary" render={<Link href="/gallery-temp/wizard" />}>
              <Plus aria-hidden />
              Add device
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <StatCard icon={<Cpu />} label="Devices online" value="236" of="of 248" href="/gallery-temp/list">
          <SegmentedBar
            label="Devices by health"
            segments={[
              { label: "Healthy", value: 217, tone: "healthy" },
              { label: "Warning", value: 15, tone: "warning" },
              { label: "Critical", value: 7, tone: "critical" },
              { label: "Unknown", value: 1, tone: "unknown" },
            ]}
          />
        </StatCard>
        <StatCard icon={<Bell />} label="Open alerts" value="7" note="2 critical · 1 acknowledged" />
        <StatCard icon={<CloudUpload />} label="Updating" value="24" note="Milk meter 2.4.0 · stage 2 of 3" />
        <StatCard icon={<BatteryLow />} label="Batteries due" value="11" note="within 30 days" />
      </div>
      <div className="mt-3 grid gap-3 lg:grid-cols-[3fr_2fr]">
        <Card>
          <CardHeader title="Fleet health" aside="Last 24 hours" />
          <CardBody>
            <SegmentedBar
              legend
              label="Devices by health"
              segments={[
                { label: "Healthy", value: 217, tone: "healthy" },
                { label: "Warning", value: 15, tone: "warning" },
                { label: "Critical", value: 7, tone: "critical" },
                { label: "Updating", value: 24, tone: "info" },
                { label: "Maintenance", value: 4, tone: "maintenance" },
                { label: "Not seen yet", value: 9 },
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Needs attention" aside="7" divided />
          <ul className="divide-y">
            <DataListCard
              href="/x"
              leading={
                <IconTile tone="critical">
                  <CircleX />
                </IconTile>
              }
              title="TS004 Bulk tank"
              subtitle="Silent since 05:12, tank temperature not recorded"
              trailing={<RelativeTime at={now - 41 * 60000} />}
            />
            <DataListCard
              href="/x"
              leading={
                <IconTile tone="critical">
                  <BatteryWarning />
                </IconTile>
              }
              title="AC117 Collar"
              subtitle="Battery at 6 %, lasts about 2 days"
              trailing={<RelativeTime at={now - 3 * 3600000} />}
            />
            <DataListCard
              href="/x"
              leading={
                <IconTile tone="warning">
                  <RadioTower />
                </IconTile>
              }
              title="WD009 Waterer, pen 3"
              subtitle="Signal −92 dBm since the gateway moved"
              trailing={<RelativeTime at={now - 5 * 3600000} />}
            />
            <DataListCard
              href="/x"
              leading={
                <IconTile tone="warning">
                  <CircleAlert />
                </IconTile>
              }
              title="MM012 Stall 12"
              subtitle="Calibration overdue by 4 days"
              trailing={<RelativeTime at={now - 4 * 86400000} />}
            />
          </ul>
        </Card>
      </div>
      <Card className="mt-3">
        <CardHeader title="Milk meter 2.4.0" aside="Resumes after the evening milking, 19:10" divided />
        <ul className="divide-y">
          {(
            [
              ["Bench unit", 1, 0, 0, <CircleCheck key="a" className="text-healthy" />],
              ["Left side of the parlour", 9, 1, 2, <Loader key="b" className="text-accent" />],
              ["All others", 0, 0, 36, <CircleDashed key="c" className="text-ink-3" />],
            ] as const
          ).map(([name, done, failed, rest, icon]) => (
            <li key={name} className="px-4 py-3">
              <div className="mb-2 flex items-center gap-2.5 [&_svg]:size-4">
                {icon}
                <span className="flex-1 font-medium">{name}</span>
                <span className="text-sm text-ink-2 tabular">
                  {done} of {done + failed + rest} updated{failed ? ` · ${failed} failed` : ""}
                </span>
              </div>
              <SegmentedBar
                label={name}
                segments={[
                  { label: "Updated", value: done, tone: "healthy" },
                  { label: "Failed", value: failed, tone: "critical" },
                  { label: "Waiting", value: rest },
                ]}
              />
            </li>
          ))}
        </ul>
        <div className="px-4 pb-4">
          <Callout>
            Two devices wait for the milking session in stall 7–12 to end. 1 of 10 resolved failed (10 %), the rollout stops above 20 %.
          </Callout>
        </div>
      </Card>
      <div aria-busy className="mt-3 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <LoadingLabel />
        <StatCardSkeleton />
        <StatCardSkeleton />
      </div>
      <div className="mt-3">
        <DataList label="Devices">
          <DataListCard href="/x" title="Stall 1" code="MM001" subtitle="Milk meter · Nordhof" />
        </DataList>
      </div>
    </Shell>
  );
}
