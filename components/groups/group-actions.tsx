import { Archive, ArchiveRestore, FolderInput, FolderPlus, Pencil, Trash2 } from "lucide-react";
import type { ActionItem } from "@/components/patterns/action-menu";
import { MAX_GROUP_LEVELS } from "@/server/domain/groups/policy";
import type { GroupView } from "@/server/services/groups/read-groups";
import type { OpenGroupDialog } from "./group-dialogs";

/** What the viewer may do with a group; nothing that would be refused at once. */
export function groupActions(group: GroupView, onOpen: OpenGroupDialog): ActionItem[] {
  if (!group.editable) return [];
  const open = (kind: Parameters<OpenGroupDialog>[0]["kind"]) => () => onOpen({ kind, group });
  return [
    { label: "Edit…", icon: <Pencil aria-hidden />, onSelect: open("edit") },
    { label: "Move…", icon: <FolderInput aria-hidden />, onSelect: open("move") },
    {
      label: "Add sub-group…",
      icon: <FolderPlus aria-hidden />,
      disabled: !group.active || group.depth + 1 >= MAX_GROUP_LEVELS,
      onSelect: open("add"),
    },
    group.active
      ? { label: "Archive…", icon: <Archive aria-hidden />, separated: true, onSelect: open("archive") }
      : { label: "Restore", icon: <ArchiveRestore aria-hidden />, separated: true, onSelect: open("restore") },
    ...(group.totalDeviceCount === 0
      ? [{ label: "Delete…", icon: <Trash2 aria-hidden />, tone: "danger" as const, onSelect: open("delete") }]
      : []),
  ];
}
