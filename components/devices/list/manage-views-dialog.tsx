"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { DeviceView } from "@/server/services/views/list-views";

/** Deletes views one has no use for; deleting can be taken back. */
export function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { viewer } = useConsole();
  const views = useQuery(trpc.views.list.queryOptions());
  const refresh = { onSettled: () => queries.invalidateQueries({ queryKey: trpc.views.pathKey() }) };
  const save = useMutation(trpc.views.save.mutationOptions(refresh));
  const remove = useMutation(trpc.views.delete.mutationOptions(refresh));
  const deleteView = async (view: DeviceView) => {
    await remove.mutateAsync({ id: view.id });
    const undo = view.isMine ? { label: "Undo", onClick: () => save.mutate(view) } : undefined;
    toast.success(`View “${view.name}” is deleted`, { action: undo });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="Views">
        <DialogBody>
          <ul className="divide-y">
            {(views.data ?? []).map((view) => (
              <li key={view.id} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{view.name}</span>
                  <span className="block text-sm text-ink-2">
                    {view.isMine ? (view.shared ? "Shared" : "Only you") : `By ${view.ownerName}`}
                  </span>
                </span>
                {view.isMine || viewer.isAdmin ? (
                  <Button variant="ghost" size="icon" aria-label={`Delete view ${view.name}`} onClick={() => void deleteView(view)}>
                    <Trash2 aria-hidden />
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
          {views.data?.length === 0 ? <p className="py-4 text-ink-2">No views any more.</p> : null}
        </DialogBody>
        <DialogFooter>
          <DialogClose render={<Button size="lg" variant="primary" />}>Done</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
