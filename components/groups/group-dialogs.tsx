"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { amountOf } from "@/components/patterns/format-count";
import { toast } from "@/components/ui/toast";
import type { GroupView } from "@/server/services/groups/read-groups";

const GroupDialog = dynamic(() => import("./group-dialog").then((module) => module.GroupDialog));
const MoveGroupDialog = dynamic(() => import("./move-group-dialog").then((module) => module.MoveGroupDialog));

/** `add` with a group: below it. */
export type OpenedGroupDialog =
  { kind: "add"; group?: GroupView } | { kind: "edit" | "move" | "archive" | "restore" | "delete"; group: GroupView };

export type OpenGroupDialog = (opened: { kind: OpenedGroupDialog["kind"]; group: GroupView }) => void;

interface GroupDialogsProps {
  opened: OpenedGroupDialog | undefined;
  editableFarmIds: string[] | "all";
  onClose: () => void;
  onDeleted?: () => void;
}

/** What the tree and a group's page open. */
export function GroupDialogs({ opened, editableFarmIds, onClose, onDeleted }: GroupDialogsProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.groups.pathKey() });
  const setActive = useMutation(trpc.groups.setActive.mutationOptions());
  const remove = useMutation(trpc.groups.delete.mutationOptions());
  // The reason of a refusal is worth more than an open dialog.
  const say = (error: ApiError) => void toast.error(error.message);
  if (!opened) return null;
  const { group } = opened;
  if (opened.kind === "add" || !group)
    return <GroupDialog parent={group} editableFarmIds={editableFarmIds} onDone={refresh} onClose={onClose} />;
  switch (opened.kind) {
    case "edit":
      return <GroupDialog group={group} editableFarmIds={editableFarmIds} onDone={refresh} onClose={onClose} />;
    case "move":
      return <MoveGroupDialog group={group} onDone={refresh} onClose={onClose} />;
    case "archive":
    case "restore": {
      const active = opened.kind === "restore";
      return (
        <ConfirmDialog
          open
          onOpenChange={onClose}
          tone="plain"
          title={active ? `Restore ${group.name}?` : `Archive ${group.name}?`}
          consequence={
            active
              ? "The group and its sub-groups are shown again and take devices."
              : `The group and its sub-groups are hidden and take no more devices; they can be restored. Nothing changes for the ${amountOf(group.totalDeviceCount, "device")} in it.`
          }
          confirmLabel={active ? "Restore" : "Archive"}
          onConfirm={() =>
            setActive
              .mutateAsync({ id: group.id, active })
              .then(() => toast.success(`${group.name} is ${active ? "restored" : "archived"}`))
              .then(refresh)
              .catch(say)
          }
        />
      );
    }
    case "delete":
      return (
        <ConfirmDialog
          open
          onOpenChange={onClose}
          title={`Delete ${group.name}?`}
          consequence="The group is empty. Its history stays in the log; the group itself cannot be brought back."
          confirmLabel="Delete group"
          onConfirm={() =>
            remove
              .mutateAsync({ id: group.id })
              .then(() => {
                toast.success(`${group.name} is deleted`);
                if (onDeleted) onDeleted();
                else return refresh();
              })
              .catch(say)
          }
        />
      );
  }
}
