"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound, RotateCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import type { CredentialView, DevicePageView } from "@/server/services/devices/get-device";

const RotateDialog = dynamic(() => import("./rotate-dialog").then((module) => module.RotateDialog));

/** Which passwords open the broker for a device, and replacing or revoking them. */
export function CredentialsCard({ device }: { device: DevicePageView }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<"rotate" | "revoke">();
  const revoke = useMutation(trpc.provisioning.revokeCredentials.mutationOptions());
  const { credentials, deviceId } = device;
  const canChange = device.allowed.credentials && device.lifecycle !== "decommissioned";
  return (
    <Card>
      <CardHeader title="Credentials" description={<span className="font-mono tracking-tight">{deviceId}</span>} divided />
      {credentials.length === 0 ? (
        <CardBody className="pt-4 text-ink-2">No valid password: the device cannot connect.</CardBody>
      ) : (
        <ul className="divide-y">
          {credentials.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} />
          ))}
        </ul>
      )}
      {canChange ? (
        <CardFooter className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen("rotate")}>
            <RotateCw aria-hidden />
            New password
          </Button>
          {credentials.length > 0 ? (
            <Button variant="ghost" className="text-critical" onClick={() => setOpen("revoke")}>
              Revoke
            </Button>
          ) : null}
        </CardFooter>
      ) : null}
      {open === "rotate" ? <RotateDialog device={device} open onOpenChange={(isOpen) => !isOpen && setOpen(undefined)} /> : null}
      <ConfirmDialog
        open={open === "revoke"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "revoke" : undefined)}
        title={`Revoke the credentials of ${deviceId}?`}
        consequence="The device is disconnected at once and cannot connect again until it gets a new password."
        confirmLabel="Revoke credentials"
        onConfirm={async () => {
          await revoke.mutateAsync({ deviceId });
          toast.success(`${deviceId} can no longer connect`);
        }}
      />
    </Card>
  );
}

function CredentialRow({ credential }: { credential: CredentialView }) {
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <KeyRound aria-hidden className="size-4 shrink-0 text-ink-3" />
      <div className="min-w-0">
        <p>
          Issued <RelativeTime at={credential.issuedAt} suffix=" ago" />
        </p>
        <p className="text-sm text-ink-2">
          {credential.lastUsedAt ? (
            <>
              Last used <RelativeTime at={credential.lastUsedAt} suffix=" ago" />
            </>
          ) : (
            "Never used"
          )}
          {credential.validUntil ? (
            <>
              {" · ends "}
              <RelativeTime at={credential.validUntil} />
            </>
          ) : null}
        </p>
      </div>
    </li>
  );
}
