"use client";

import { useMutation } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { AlertDialog, AlertDialogClose, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { IconTile } from "@/components/ui/icon-tile";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

interface DecommissionDialogProps {
  device: { deviceId: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** For good, therefore with a reason. */
export function DecommissionDialog({ device, open, onOpenChange }: DecommissionDialogProps) {
  const trpc = useTRPC();
  const [reason, setReason] = useState("");
  const reasonField = useRef<HTMLInputElement>(null);
  const decommission = useMutation(
    trpc.devices.decommission.mutationOptions({
      onSuccess: () => {
        toast.success(`${device.deviceId} is decommissioned`);
        onOpenChange(false);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decommission.mutate({ deviceId: device.deviceId, reason }, { onError: () => reasonField.current?.focus() });
  };
  const { error } = decommission;
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={`Decommission ${device.deviceId} ${device.name}?`}
        icon={
          <IconTile tone="critical">
            <TriangleAlert />
          </IconTile>
        }
        consequence="Its credentials are revoked and its connection is closed at once. Its history stays. This cannot be undone; a repaired unit is registered again under a new ID."
      >
        <form onSubmit={submit} noValidate>
          <div className="flex flex-col gap-3 px-5 pt-2">
            {error && !error.data?.fields.reason ? (
              <Callout tone="critical" live>
                {error.message}
              </Callout>
            ) : null}
            <Field label="Reason" error={error?.data?.fields.reason}>
              <Input
                ref={reasonField}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                placeholder="Housing cracked, replaced"
                autoComplete="off"
              />
            </Field>
          </div>
          <DialogFooter className="pt-4">
            <AlertDialogClose render={<Button size="lg" />}>Keep it</AlertDialogClose>
            <Button type="submit" size="lg" variant="danger" loading={decommission.isPending}>
              Decommission
            </Button>
          </DialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
