"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { AlertDialog, AlertDialogClose, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { RestartVerdict } from "@/server/domain/commands/restart-policy";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { DeliveryNote } from "./delivery-note";

interface RestartDialogProps {
  device: DevicePageView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** It is in the outbox. */
  onSent: () => void;
}

/** Says what stands in the way of a restart now, and offers to force it with a reason. */
export function RestartDialog({ device, open, onOpenChange, onSent }: RestartDialogProps) {
  const { deviceId } = device;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const outlook = useQuery(trpc.commands.restartOutlook.queryOptions({ deviceId }, { staleTime: 0, gcTime: 0 }));
  const restart = useMutation(
    trpc.commands.restart.mutationOptions({
      onSuccess: async () => {
        toast.success(`${deviceId} is asked to restart`);
        onOpenChange(false);
        onSent();
        await queries.invalidateQueries({ queryKey: trpc.commands.list.pathKey() });
      },
      // Milking may have begun while the question stood on the screen.
      onError: () => void outlook.refetch(),
    }),
  );
  const verdict = outlook.data?.verdict;
  const isForced = verdict !== undefined && verdict.kind !== "allowed";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    restart.mutate({ deviceId, reason, force: isForced });
  };
  const { error } = restart;
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={`Restart ${deviceId} ${device.name}?`}
        consequence="It is out of service for some seconds; what it would have measured meanwhile is lost."
      >
        <form onSubmit={submit} noValidate>
          <div className="flex flex-col gap-3 px-5 pt-2">
            {verdict ? <Obstacle verdict={verdict} device={device} /> : null}
            <DeliveryNote device={device} kind="restart" />
            {error && !error.data?.fields.reason && !(error.data?.fields.force && isForced) ? (
              <Callout tone="critical" live>
                {error.message}
              </Callout>
            ) : null}
            <Field label="Reason" optional={!isForced} required={isForced} error={error?.data?.fields.reason}>
              <Input value={reason} onChange={(event) => setReason(event.target.value)} placeholder="Display frozen" autoFocus />
            </Field>
          </div>
          <DialogFooter className="pt-4">
            <AlertDialogClose render={<Button size="lg" />}>Cancel</AlertDialogClose>
            <Button
              type="submit"
              size="lg"
              variant={isForced ? "danger" : "primary"}
              disabled={outlook.isPending}
              loading={restart.isPending}
            >
              {verdict?.kind === "refused" ? "Restart anyway" : "Restart"}
            </Button>
          </DialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function Obstacle({ verdict, device }: { verdict: RestartVerdict; device: DevicePageView }) {
  const { label, actuator } = DEVICE_TYPE_FACTS[device.type];
  const care = `A ${label.toLowerCase()} moves animals, feed or water: make sure that nothing is in its way.`;
  if (verdict.kind === "refused") {
    return (
      <Callout tone="warning" title={`${device.farm.name} is milking until ${verdict.milking.untilLocal} farm time`} live>
        {verdict.milking.name}: a restart now would interrupt it. Wait until then, or restart anyway and say why it cannot wait.
        {actuator ? ` ${care}` : null}
      </Callout>
    );
  }
  if (verdict.kind === "asks") {
    return (
      <Callout tone="warning" title="Look first" live>
        {care} Say why it is restarted.
      </Callout>
    );
  }
  return null;
}
