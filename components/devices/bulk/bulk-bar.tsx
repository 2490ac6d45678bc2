"use client";

import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ActionMenu } from "@/components/patterns/action-menu";
import { Button } from "@/components/ui/button";
import { BULK_KIND_FACTS, BULK_KINDS, type BulkKind } from "@/server/domain/bulk/vocabulary";
import type { DeviceFilter } from "@/server/domain/devices/list-schema";
import type { SelectionControl } from "../list/use-selection";

const BulkDialog = dynamic(() => import("./bulk-dialog").then((module) => module.BulkDialog));

interface BulkBarProps {
  selection: SelectionControl;
  chosen: number;
  /** Devices that match the list's filters, loaded or not. */
  total: number;
  filter: DeviceFilter;
  /** Where firmware for the chosen devices is rolled out; left out: the caller may not, or there are too many to name. */
  rolloutHref?: string;
  /** Where their labels are printed; left out: there are too many to name. */
  labelsHref?: string;
}

/** What can be done with the chosen devices; it stays in sight while one scrolls and chooses. */
export function BulkBar({ selection, chosen, total, filter, rolloutHref, labelsHref }: BulkBarProps) {
  const [kind, setKind] = useState<BulkKind>();
  const target = selection.all
    ? { filter, except: [...selection.ids] }
    : { filter: { ...EVERYTHING, deviceIds: [...selection.ids] }, except: [] };
  return (
    <>
      <div
        role="region"
        aria-label="Chosen devices"
        className="sticky bottom-22 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border bg-panel px-3 py-2 shadow-lg sm:bottom-4"
      >
        <span role="status" className="px-1 font-medium tabular">
          {chosen.toLocaleString("en")} chosen
        </span>
        {!selection.all && chosen < total ? (
          <Button variant="ghost" size="sm" onClick={selection.selectAll}>
            Choose all {total.toLocaleString("en")} that match
          </Button>
        ) : null}
        <ActionMenu
          label="Actions for the chosen devices"
          variant="primary"
          size="sm"
          align="end"
          items={[
            ...BULK_KINDS.map((item) => ({
              label: `${BULK_KIND_FACTS[item].label}…`,
              onSelect: () => setKind(item),
              tone: BULK_KIND_FACTS[item].isDanger ? ("danger" as const) : ("plain" as const),
              separated: item === "start_maintenance" || item === "restart" || item === "rotate_credentials",
            })),
            ...(labelsHref ? [{ label: "Print labels…", href: labelsHref, separated: true }] : []),
            ...(rolloutHref ? [{ label: "Roll out firmware…", href: rolloutHref, separated: !labelsHref }] : []),
          ]}
        >
          Actions
        </ActionMenu>
        <Button variant="ghost" size="icon-sm" aria-label="Choose none" onClick={selection.clear}>
          <X aria-hidden />
        </Button>
      </div>
      {kind ? <BulkDialog kind={kind} target={target} onClose={() => setKind(undefined)} onDone={selection.clear} /> : null}
    </>
  );
}

const EVERYTHING: DeviceFilter = {
  search: "",
  deviceIds: [],
  farmIds: [],
  groupIds: [],
  includeSubgroups: true,
  tagIds: [],
  types: [],
  lifecycles: [],
  health: [],
  needsAttention: false,
  firmware: [],
  batteryBelow: null,
  signal: [],
  connections: [],
  powerSources: [],
  presence: null,
  silentFor: null,
  calibration: [],
  maintenance: null,
};
