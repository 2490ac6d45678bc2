"use client";

import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ColorDot } from "@/components/patterns/color-dot";
import { Select } from "@/components/ui/select";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { joinRefusal } from "@/server/domain/groups/policy";

const NONE = "none";

interface GroupSelectProps {
  device: { farmId: string; type: DeviceType };
  value: string | null;
  onValueChange: (groupId: string | null) => void;
  ref?: Ref<HTMLButtonElement>;
}

/** The groups a device may join, and the one it is in. */
export function GroupSelect({ device, value, onValueChange, ref }: GroupSelectProps) {
  const trpc = useTRPC();
  const groups = useQuery(trpc.groups.list.queryOptions({ archived: true }));
  const offered = (groups.data ?? []).filter((group) => group.id === value || !joinRefusal(group, device));
  return (
    <Select
      items={[
        { value: NONE, label: "No group" },
        ...offered.map((group) => ({
          value: group.id,
          label: group.path.join(" › "),
          description: group.active ? undefined : "Archived",
          icon: <ColorDot color={group.color} />,
        })),
      ]}
      value={value ?? NONE}
      onValueChange={(groupId) => onValueChange(groupId === NONE ? null : groupId)}
      ref={ref}
    />
  );
}
