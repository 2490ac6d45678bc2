import { Archive } from "lucide-react";
import { ColorDot } from "@/components/patterns/color-dot";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { DefinitionList } from "@/components/patterns/definition-list";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { amountOf } from "@/components/patterns/format-count";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { GroupPageView } from "@/server/services/groups/get-group";

export function GroupFacts({ group }: { group: GroupPageView }) {
  const { totalDeviceCount, totalOnlineCount } = group;
  return (
    <Card>
      <CardHeader title="About" divided />
      <CardBody className="flex flex-col gap-4">
        {totalDeviceCount > 0 ? (
          <div>
            <p className="mb-2 font-medium tabular">
              {totalOnlineCount} of {amountOf(totalDeviceCount, "device")} online
            </p>
            <SegmentedBar
              label="Devices"
              segments={[
                { label: "Online", value: totalOnlineCount, tone: "healthy" },
                { label: "Offline", value: totalDeviceCount - totalOnlineCount },
              ]}
            />
          </div>
        ) : null}
        <DefinitionList
          items={[
            { term: "Code", value: group.code, mono: true },
            { term: "Farm", value: group.farmName ?? "All farms" },
            { term: "Takes", value: group.deviceType ? DEVICE_TYPE_FACTS[group.deviceType].plural : "All types" },
            { term: "Health check", value: `Every ${group.healthCheckIntervalSeconds} s` },
            { term: "Group alert", value: `From ${amountOf(group.offlineAlertThreshold, "offline device")}` },
          ]}
          className="break-words"
        />
      </CardBody>
    </Card>
  );
}

export function GroupChildren({ group }: { group: GroupPageView }) {
  if (group.children.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Sub-groups" divided />
      <DataList label="Sub-groups" className="rounded-none border-0 shadow-none">
        {group.children.map((child) => (
          <DataListCard
            key={child.id}
            href={`/groups/${child.id}`}
            leading={<ColorDot color={child.color} className="size-3" />}
            title={child.name}
            subtitle={
              child.totalDeviceCount > 0 ? `${child.totalOnlineCount} of ${amountOf(child.totalDeviceCount, "device")} online` : "Empty"
            }
            trailing={child.active ? undefined : <Archive aria-label="Archived" className="size-4 text-ink-3" />}
          />
        ))}
      </DataList>
    </Card>
  );
}
