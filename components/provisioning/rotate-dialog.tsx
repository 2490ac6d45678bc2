"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { CredentialsDownload, CredentialsFields } from "./credentials-panel";
import { newRequestKey } from "./wizard-draft";

const OVERLAPS = [
  { value: "0", label: "At once", description: "The old password stops now; the device is disconnected" },
  { value: "1", label: "After 1 hour" },
  { value: "24", label: "After 1 day" },
  { value: "168", label: "After 7 days" },
] as const;

interface RotateDialogProps {
  device: { deviceId: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A new password; the old one ends when the person who drives to the barn has had time. */
export function RotateDialog({ device, open, onOpenChange }: RotateDialogProps) {
  const trpc = useTRPC();
  const rotate = useMutation(trpc.provisioning.rotateCredentials.mutationOptions());
  const [overlap, setOverlap] = useState<string>("24");
  const requestKey = useRef<string>(undefined);
  const issue = () => {
    requestKey.current ??= newRequestKey();
    rotate.mutate({ deviceId: device.deviceId, overlapHours: Number(overlap), requestKey: requestKey.current });
  };
  const close = (isOpen: boolean) => {
    onOpenChange(isOpen);
    if (isOpen) return;
    requestKey.current = undefined;
    rotate.reset();
  };
  return (
    // A tap beside the dialog must not take away what is shown only once.
    <Dialog open={open} onOpenChange={close} disablePointerDismissal={Boolean(rotate.data)}>
      <DialogContent title={`New password for ${device.deviceId}`} className={rotate.data ? "sm:max-w-2xl" : undefined}>
        <DialogBody className="flex flex-col gap-4">
          {rotate.error ? (
            <Callout tone="critical" live>
              {rotate.error.message}
            </Callout>
          ) : null}
          {rotate.data ? (
            <CredentialsFields credentials={rotate.data} />
          ) : (
            <Field
              label="When does the old password end?"
              hint="Until then both work, so that the device can be switched over without a gap."
            >
              <Select items={OVERLAPS} value={overlap} onValueChange={setOverlap} />
            </Field>
          )}
        </DialogBody>
        <DialogFooter>
          {rotate.data ? (
            <>
              <CredentialsDownload size="lg" deviceName={device.name} credentials={rotate.data} />
              <DialogClose render={<Button size="lg" variant="primary" />}>I have saved it</DialogClose>
            </>
          ) : (
            <>
              <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
              <Button variant="primary" size="lg" loading={rotate.isPending} onClick={issue}>
                Issue new password
              </Button>
            </>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
