"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import { DatesDialog } from "./dates-dialog";
import { RecordDialog } from "./record-dialog";
import type { RecordTask } from "./record-task";

interface TaskDialogProps {
  task: RecordTask;
  maintenance: DeviceMaintenance;
  onClose: () => void;
}

/** The dialog for what somebody is about to do. */
export function TaskDialog({ task, maintenance, onClose }: TaskDialogProps) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.maintenance.cancel.mutationOptions());
  const start = useMutation(trpc.devices.setMaintenance.mutationOptions());
  const { deviceId } = maintenance.device;
  const close = (isOpen: boolean) => !isOpen && onClose();
  switch (task.kind) {
    case "dates":
      return <DatesDialog maintenance={maintenance} onClose={onClose} />;
    case "cancel":
      return (
        <ConfirmDialog
          open
          onOpenChange={close}
          title={task.record.status === "done" ? `Strike out “${task.record.title}”?` : `Call “${task.record.title}” off?`}
          consequence={
            task.record.status === "done"
              ? "It stays readable as a mistake in the book. A calibration in it no longer counts."
              : "It leaves the list of what is due, and stays readable here."
          }
          confirmLabel={task.record.status === "done" ? "Strike out" : "Call off"}
          cancelLabel="Keep it"
          onConfirm={async () => {
            await cancel.mutateAsync({ recordId: task.record.id, version: task.record.version });
            toast.success(task.record.status === "done" ? "Struck out" : "Called off");
          }}
        />
      );
    case "start":
      return (
        <ConfirmDialog
          open
          onOpenChange={close}
          tone="plain"
          title={`Put ${deviceId} into maintenance?`}
          consequence="Its health and alerts are quiet until maintenance ends, which is offered when you finish the work."
          confirmLabel="Start maintenance"
          onConfirm={async () => {
            await start.mutateAsync({ deviceId, maintenance: true, notes: task.record.title });
            toast.success(`${deviceId} is in maintenance`);
          }}
        />
      );
    case "plan":
    case "done":
    case "complete":
    case "edit":
      return <RecordDialog task={task} maintenance={maintenance} onClose={onClose} />;
  }
}
