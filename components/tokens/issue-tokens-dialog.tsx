"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { IssuedBatch } from "./issued-batch";
import { DeviceTokenForm, FarmTokensForm } from "./issue-tokens-form";
import { IssuedTokens } from "./issued-tokens";
import { useLeaveGuard } from "./use-leave-guard";

interface IssueTokensDialogProps {
  /** For one registered device; without it, for new devices of a farm. */
  device?: { deviceId: string; name: string; farm: { name: string } };
  onClose: () => void;
}

/** Issues tokens and shows them, once: leaving them asks first. */
export function IssueTokensDialog({ device, onClose }: IssueTokensDialogProps) {
  const [batch, setBatch] = useState<IssuedBatch>();
  const [leaving, setLeaving] = useState(false);
  useLeaveGuard(batch !== undefined, () => setLeaving(true));
  const close = () => (batch ? setLeaving(true) : onClose());
  const many = batch !== undefined && batch.tokens.length > 1;
  const title = device ? `Token for ${device.deviceId}` : "Issue tokens";
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={batch ? (many ? `${batch.tokens.length} tokens are issued` : "The token is issued") : title}
        description={batch ? undefined : "The device redeems it for its own credentials. It is shown once, as QR code, words and text."}
        className={batch ? "sm:max-w-3xl" : undefined}
      >
        {batch ? (
          <>
            <IssuedTokens batch={batch} />
            <DialogFooter>
              <Button size="lg" onClick={close}>
                Done
              </Button>
            </DialogFooter>
          </>
        ) : device ? (
          <DeviceTokenForm device={device} onIssued={setBatch} />
        ) : (
          <FarmTokensForm onIssued={setBatch} />
        )}
        <ConfirmDialog
          open={leaving}
          onOpenChange={setLeaving}
          title={many ? "Leave these tokens?" : "Leave this token?"}
          consequence={`${many ? "They" : "It"} will not be shown again. What is not copied, printed or saved by now has to be issued anew.`}
          confirmLabel="Leave"
          cancelLabel="Stay"
          onConfirm={onClose}
        />
      </DialogContent>
    </Dialog>
  );
}
