"use client";

import { Activity, RotateCcw, SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { type ReactNode, useState } from "react";
import { DEVICE_TAB_STATE } from "@/components/devices/device-tab-names";
import { useRunDiagnostic } from "@/components/diagnostics/use-run-diagnostic";
import type { ActionItem } from "@/components/patterns/action-menu";
import type { DevicePageView } from "@/server/services/devices/get-device";

// Most visits open none of them.
const RestartDialog = dynamic(() => import("./restart-dialog").then((module) => module.RestartDialog));
const ConfigureDialog = dynamic(() => import("./configure-dialog").then((module) => module.ConfigureDialog));

/** What can be sent to a device, for its menu of actions, and the dialog that is open. The page turns to where the answer comes. */
export function useCommandActions(device: DevicePageView): { items: ActionItem[]; dialog: ReactNode } {
  const [open, setOpen] = useState<"restart" | "configure">();
  const [, setState] = useQueryStates(DEVICE_TAB_STATE, { history: "push" });
  const diagnostic = useRunDiagnostic(device.deviceId);
  if (!device.allowed.command || device.lifecycle === "draft") return { items: [], dialog: null };
  const close = (isOpen: boolean) => !isOpen && setOpen(undefined);
  const Dialog = open === "restart" ? RestartDialog : ConfigureDialog;
  return {
    items: [
      {
        label: "Run diagnostic",
        icon: <Activity aria-hidden />,
        disabled: diagnostic.isPending,
        onSelect: () => {
          diagnostic.run();
          void setState({ tab: "diagnostics" });
        },
      },
      { label: "Restart…", icon: <RotateCcw aria-hidden />, onSelect: () => setOpen("restart") },
      { label: "Configure…", icon: <SlidersHorizontal aria-hidden />, onSelect: () => setOpen("configure") },
    ],
    dialog: open ? <Dialog device={device} open onOpenChange={close} onSent={() => void setState({ tab: "commands" })} /> : null,
  };
}
