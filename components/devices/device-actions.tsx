"use client";

import { useMutation } from "@tanstack/react-query";
import { Ellipsis, Lightbulb, Pencil, Trash2, Wrench } from "lucide-react";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { DecommissionDialog } from "./decommission-dialog";
import { EditDeviceDialog } from "./edit-device-dialog";

/** What can be done with a device, as far as the viewer may. */
export function DeviceActions({ device }: { device: DevicePageView }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<"edit" | "decommission">();
  const onError = (error: ApiError) => toast.error(error.message);
  const identify = useMutation(
    trpc.commands.identify.mutationOptions({ onSuccess: () => toast.success(`${device.deviceId} is asked to blink`), onError }),
  );
  const maintenance = useMutation(trpc.devices.setMaintenance.mutationOptions({ onError }));
  if (device.lifecycle === "decommissioned") return null;
  const inMaintenance = device.lifecycle === "maintenance";
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
      {device.allowed.edit ? (
        <Menu>
          <MenuTrigger render={<Button size="icon" aria-label="More actions" />}>
            <Ellipsis aria-hidden />
          </MenuTrigger>
          <MenuContent align="end">
            <MenuItem
              icon={<Wrench aria-hidden />}
              disabled={device.lifecycle === "draft"}
              onClick={() => maintenance.mutate({ deviceId: device.deviceId, maintenance: !inMaintenance })}
            >
              {inMaintenance ? "End maintenance" : "Start maintenance"}
            </MenuItem>
            {device.allowed.decommission ? (
              <>
                <MenuSeparator />
                <MenuItem tone="danger" icon={<Trash2 aria-hidden />} onClick={() => setOpen("decommission")}>
                  Decommission…
                </MenuItem>
              </>
            ) : null}
          </MenuContent>
        </Menu>
      ) : null}
      <EditDeviceDialog
        key={device.version}
        device={device}
        open={open === "edit"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "edit" : undefined)}
      />
      <DecommissionDialog
        device={device}
        open={open === "decommission"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "decommission" : undefined)}
      />
    </>
  );
}
