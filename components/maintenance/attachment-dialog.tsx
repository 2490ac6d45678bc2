"use client";

import { useMutation } from "@tanstack/react-query";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { RecordView } from "@/server/services/maintenance/views";

interface AttachmentDialogProps {
  record: RecordView;
  attachment: RecordView["attachments"][number];
  mayRemove: boolean;
  onClose: () => void;
}

/** One picture, large. */
export function AttachmentDialog({ record, attachment, mayRemove, onClose }: AttachmentDialogProps) {
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.maintenance.deleteAttachment.mutationOptions({
      onSuccess: onClose,
      onError: (error: ApiError) => toast.error(error.message),
    }),
  );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={attachment.name} description={record.title} className="sm:max-w-3xl">
        <DialogBody>
          {/* Private: the optimiser would fetch it without the reader's session. */}
          {/* eslint-disable-next-line @next/next/no-img-element */}
          <img
            src={`/api/maintenance/attachments/${attachment.id}`}
            alt={`${attachment.name}, at: ${record.title}`}
            className="mx-auto max-h-[65dvh] rounded-control"
          />
        </DialogBody>
        <DialogFooter>
          {mayRemove ? (
            <Button
              variant="ghost"
              size="lg"
              className="text-critical"
              loading={remove.isPending}
              onClick={() => remove.mutate({ recordId: record.id, attachmentId: attachment.id })}
            >
              Remove picture
            </Button>
          ) : null}
          <DialogClose render={<Button size="lg" />}>Close</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
