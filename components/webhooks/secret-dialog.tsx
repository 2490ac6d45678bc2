"use client";

import { CopyField } from "@/components/patterns/copy-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";

interface SecretDialogProps {
  title: string;
  secret: string;
  /** Of a rotation: how long the former one signs as well. */
  note?: string;
  onClose: () => void;
}

/** A secret, this once. It is not closed by a tap beside it. */
export function SecretDialog({ title, secret, note, onClose }: SecretDialogProps) {
  return (
    <Dialog open disablePointerDismissal onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={title} hideClose>
        <DialogBody className="flex flex-col gap-4">
          <Callout tone="warning" title="The secret is shown this once">
            Put it into the receiver, which needs it to check that messages are ours. Whoever has lost it rotates it.
          </Callout>
          <CopyField label="Signing secret" value={secret} wrap />
          {note ? <p className="text-ink-2">{note}</p> : null}
        </DialogBody>
        <DialogFooter>
          <DialogClose render={<Button variant="primary" size="lg" />}>I have copied it</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
