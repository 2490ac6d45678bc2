"use client";

import { Check, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { SelectionControl } from "@/components/devices/list/use-selection";
import { Button } from "@/components/ui/button";
import { useAlertActions } from "./use-alert-actions";

const ResolveDialog = dynamic(() => import("./resolve-dialog").then((module) => module.ResolveDialog));
const SnoozeDialog = dynamic(() => import("./snooze-dialog").then((module) => module.SnoozeDialog));

/** What can be done with the chosen alerts; it stays in sight while one scrolls and chooses. */
export function AlertBar({ selection }: { selection: SelectionControl }) {
  const [dialog, setDialog] = useState<"resolve" | "snooze">();
  const { acknowledge } = useAlertActions();
  const ids = [...selection.ids];
  const close = () => setDialog(undefined);
  return (
    <>
      <div
        role="region"
        aria-label="Chosen alerts"
        className="sticky bottom-22 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border bg-panel px-3 py-2 shadow-lg sm:bottom-4"
      >
        <span role="status" className="px-1 font-medium tabular">
          {ids.length.toLocaleString("en")} chosen
        </span>
        <Button
          variant="primary"
          size="sm"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ ids }, { onSuccess: selection.clear })}
        >
          <Check aria-hidden />
          Acknowledge
        </Button>
        <Button size="sm" onClick={() => setDialog("snooze")}>
          Snooze…
        </Button>
        <Button size="sm" onClick={() => setDialog("resolve")}>
          Resolve…
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Choose none" onClick={selection.clear}>
          <X aria-hidden />
        </Button>
      </div>
      {dialog === "resolve" ? <ResolveDialog ids={ids} onClose={close} onDone={selection.clear} /> : null}
      {dialog === "snooze" ? <SnoozeDialog ids={ids} onClose={close} onDone={selection.clear} /> : null}
    </>
  );
}
