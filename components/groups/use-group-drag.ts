"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { toast } from "@/components/ui/toast";
import { type DropZone, planDrop } from "@/server/domain/groups/policy";
import type { GroupView } from "@/server/services/groups/read-groups";

/** Of a row's height: above and below it a drop lands beside the row, in between inside it. */
const EDGE = 0.28;

export type GroupDrag = ReturnType<typeof useGroupDrag>;

/** Moving groups with a mouse; fingers and keyboards have the dialog. Only what the rules allow can be dropped on. */
export function useGroupDrag(groups: readonly GroupView[]) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draggedId, setDraggedId] = useState<string>();
  const [drop, setDrop] = useState<{ targetId: string; zone: DropZone }>();
  const move = useMutation(
    trpc.groups.move.mutationOptions({
      onError: (error: ApiError) => toast.error(error.message),
      onSettled: () => void queries.invalidateQueries({ queryKey: trpc.groups.pathKey() }),
    }),
  );
  const end = () => {
    setDraggedId(undefined);
    setDrop(undefined);
  };
  return {
    draggedId,
    drop,
    handleProps: (group: GroupView) => ({
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        const row = event.currentTarget.closest<HTMLElement>("[data-group-row]");
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", group.name);
        if (row) event.dataTransfer.setDragImage(row, 24, row.offsetHeight / 2);
        setDraggedId(group.id);
      },
      onDragEnd: end,
    }),
    rowProps: (group: GroupView, { isOpen }: { isOpen: boolean }) => ({
      "data-group-row": group.id,
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (draggedId === undefined) return;
        const zone = [zoneOf(event, isOpen), "inside" as const].find((candidate) => planDrop(groups, draggedId, group.id, candidate));
        if (zone) {
          event.preventDefault();
          event.dataTransfer.dropEffect = "move";
        }
        if (drop?.targetId !== group.id || drop.zone !== zone) setDrop(zone && { targetId: group.id, zone });
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        event.preventDefault();
        const plan = draggedId !== undefined && drop && planDrop(groups, draggedId, drop.targetId, drop.zone);
        if (plan) move.mutate(plan);
        end();
      },
    }),
  };
}

/** Below an open group come its sub-groups: there is no "after" at its lower edge. */
function zoneOf(event: DragEvent<HTMLElement>, isOpen: boolean): DropZone {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const at = (event.clientY - top) / height;
  if (at < EDGE) return "before";
  return at > 1 - EDGE && !isOpen ? "after" : "inside";
}
