import { Archive, ChevronRight, GripVertical } from "lucide-react";
import Link from "next/link";
import type { CSSProperties } from "react";
import { ActionMenu } from "@/components/patterns/action-menu";
import { ColorDot } from "@/components/patterns/color-dot";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { GroupView } from "@/server/services/groups/read-groups";
import { groupActions } from "./group-actions";
import type { OpenGroupDialog } from "./group-dialogs";
import type { GroupDrag } from "./use-group-drag";

export const GROUP_COLUMNS =
  "grid gap-x-4 grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_7rem_9rem_4rem_7rem_2.25rem] xl:grid-cols-[minmax(0,1fr)_9rem_11rem_6rem_10rem_2.25rem]";

const DROP_MARKS = {
  before: "shadow-[inset_0_2px_0_var(--color-accent)]",
  inside: "bg-accent-soft",
  after: "shadow-[inset_0_-2px_0_var(--color-accent)]",
};

interface GroupRowProps {
  group: GroupView;
  /** Left out when there is nothing below it. */
  fold?: { isOpen: boolean; onToggle: () => void };
  drag: GroupDrag | undefined;
  onOpen: OpenGroupDialog;
}

/** One group in the tree. Its numbers are those of everything below it. */
export function GroupRow({ group, fold, drag, onOpen }: GroupRowProps) {
  const farm = group.farmName ?? "All farms";
  const type = group.deviceType ? DEVICE_TYPE_FACTS[group.deviceType].plural : "All types";
  const mark = drag?.drop?.targetId === group.id ? DROP_MARKS[drag.drop.zone] : undefined;
  const actions = groupActions(group, onOpen);
  return (
    <div
      {...drag?.rowProps(group, { isOpen: fold?.isOpen ?? false })}
      style={{ "--depth": group.depth } as CSSProperties}
      className={cn(
        GROUP_COLUMNS,
        "group/row relative min-h-14 items-center px-4 py-1.5 transition-colors hover:bg-sunken/60 max-lg:pr-2",
        drag?.draggedId === group.id && "opacity-50",
        mark,
      )}
    >
      <div className="flex min-w-0 items-center gap-2 pl-[calc(var(--depth)*0.875rem)] lg:pl-[calc(var(--depth)*1.5rem)]">
        {drag && group.editable ? (
          <span
            {...drag.handleProps(group)}
            className="absolute left-0.5 cursor-grab text-ink-3 opacity-0 group-hover/row:opacity-100 pointer-coarse:hidden"
          >
            <GripVertical aria-hidden className="size-3.5" />
          </span>
        ) : null}
        {fold ? (
          <button
            type="button"
            aria-expanded={fold.isOpen}
            aria-label={`Sub-groups of ${group.name}`}
            onClick={fold.onToggle}
            className="hit-area z-1 -ml-1.5 grid size-6 shrink-0 place-items-center rounded-inner text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <ChevronRight aria-hidden className={cn("size-4 transition-transform", fold.isOpen && "rotate-90")} />
          </button>
        ) : (
          <span className="-ml-1.5 size-6 shrink-0" />
        )}
        <ColorDot color={group.color} className="size-3" />
        <div className="min-w-0">
          <p className="flex min-w-0 flex-wrap items-center gap-x-2">
            <Link
              href={`/groups/${group.id}`}
              className="min-w-0 truncate rounded-inner py-0.5 font-semibold hover:text-accent hover:underline pointer-coarse:after:absolute pointer-coarse:after:inset-0"
            >
              {group.name}
            </Link>
            {group.active ? null : (
              <Badge tone="unknown" icon={<Archive aria-hidden />}>
                Archived
              </Badge>
            )}
          </p>
          <p className="truncate text-sm text-ink-2 tabular max-lg:hidden">
            <span className="font-mono tracking-tight">{group.code}</span>
          </p>
          <p className="text-sm text-ink-2 tabular lg:hidden">{`${farm} · ${countsOf(group)}`}</p>
        </div>
      </div>
      <p className="truncate max-lg:hidden">{farm}</p>
      <p className={cn("truncate max-lg:hidden", !group.deviceType && "text-ink-3")}>{type}</p>
      <p className="text-right tabular max-lg:hidden">
        {group.totalDeviceCount}
        <span className="sr-only"> devices</span>
      </p>
      <div className="max-lg:hidden">
        {group.totalDeviceCount > 0 ? (
          <div className="flex items-center gap-2.5">
            <SegmentedBar
              label={`Devices of ${group.name}`}
              segments={[
                { label: "Online", value: group.totalOnlineCount, tone: "healthy" },
                { label: "Offline", value: group.totalDeviceCount - group.totalOnlineCount },
              ]}
              className="w-14 shrink-0 xl:w-20"
            />
            <span aria-hidden className="text-sm text-ink-2 tabular">
              {group.totalOnlineCount}
            </span>
          </div>
        ) : null}
      </div>
      {actions.length > 0 ? <ActionMenu label={`Actions for ${group.name}`} items={actions} className="z-1" /> : <span />}
    </div>
  );
}

function countsOf({ totalDeviceCount, totalOnlineCount }: GroupView): string {
  if (totalDeviceCount === 0) return "empty";
  return `${totalOnlineCount} of ${totalDeviceCount} online`;
}
