"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound, Lightbulb, Pencil, Replace, Tags, Trash2, Wrench } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { ActionMenu, type ActionItem } from "@/components/patterns/action-menu";
import { useCommandActions } from "@/components/commands/use-command-actions";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { labelsOfDevice } from "@/components/labels/labels-href";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { DEVICE_TAB_STATE } from "./device-tab-names";
import type { DevicePageView } from "@/server/services/devices/get-device";

// Forms and dialogs are half of this page's script, and most visits open none.
const EditDeviceDialog = dynamic(() => import("./edit-device-dialog").then((module) => module.EditDeviceDialog));
const DecommissionDialog = dynamic(() => import("./decommission-dialog").then((module) => module.DecommissionDialog));
const IssueTokensDialog = dynamic(() => import("@/components/tokens/issue-tokens-dialog").then((module) => module.IssueTokensDialog));

/** What can be done with a device, as far as the viewer may. */
export function DeviceActions({ device }: { device: DevicePageView }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<"edit" | "decommission" | "token">();
  const [, setState] = useQueryStates(DEVICE_TAB_STATE, { history: "push" });
  const onError = (error: ApiError) => toast.error(error.message);
  const identify = useMutation(
    trpc.commands.identify.mutationOptions({
      onSuccess: () => {
        toast.success(`${device.deviceId} is asked to blink`);
        void setState({ tab: "commands" });
      },
      onError,
    }),
  );
  const commands = useCommandActions(device);
  const maintenance = useMutation(trpc.devices.setMaintenance.mutationOptions({ onError }));
  if (device.lifecycle === "decommissioned") return null;
  const inMaintenance = device.lifecycle === "maintenance";
  const close = (isOpen: boolean) => !isOpen && setOpen(undefined);
  const menuItems: ActionItem[] = [
    ...commands.items,
    {
      separated: commands.items.length > 0,
      label: inMaintenance ? "End maintenance" : "Start maintenance",
      icon: <Wrench aria-hidden />,
      disabled: device.lifecycle === "draft",
      onSelect: () => maintenance.mutate({ deviceId: device.deviceId, maintenance: !inMaintenance }),
    },
  ];
  if (device.allowed.edit) menuItems.push({ label: "Print label…", icon: <Tags aria-hidden />, href: labelsOfDevice(device.deviceId) });
  if (device.allowed.credentials && (device.lifecycle === "draft" || device.lifecycle === "provisioned")) {
    menuItems.push({ label: "Issue token…", icon: <KeyRound aria-hidden />, onSelect: () => setOpen("token") });
  }
  if (device.allowed.decommission) {
    menuItems.push({ label: "Replace…", icon: <Replace aria-hidden />, href: `/devices/${device.deviceId}/replace` });
    menuItems.push({
      label: "Decommission…",
      icon: <Trash2 aria-hidden />,
      tone: "danger",
      separated: true,
      onSelect: () => setOpen("decommission"),
    });
  }
  return (
    <>
      {device.allowed.command && device.lifecycle !== "draft" ? (
        <Button loading={identify.isPending} onClick={() => identify.mutate({ deviceId: device.deviceId })}>
          <Lightbulb aria-hidden />
          Identify
        </Button>
      ) : null}
      {device.allowed.edit ? (
        <Button onClick={() => setOpen("edit")}>
          <Pencil aria-hidden />
          Edit
        </Button>
      ) : null}
      {device.allowed.edit ? <ActionMenu label="More actions" align="end" items={menuItems} className="max-sm:flex-none!" /> : null}
      {commands.dialog}
      {open === "edit" ? <EditDeviceDialog device={device} open onOpenChange={close} /> : null}
      {open === "token" ? <IssueTokensDialog device={device} onClose={() => setOpen(undefined)} /> : null}
      {open === "decommission" ? <DecommissionDialog device={device} open onOpenChange={close} /> : null}
    </>
  );
}
