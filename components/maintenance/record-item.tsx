"use client";

import { Ban, Check, Pencil, Wrench } from "lucide-react";
import { ActionMenu, type ActionItem } from "@/components/patterns/action-menu";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconTile } from "@/components/ui/icon-tile";
import { MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import type { RecordView } from "@/server/services/maintenance/views";
import { AttachmentStrip } from "./attachment-strip";
import { describeDistance, formatDay } from "./format-day";
import { MaintenanceTypeIcon } from "./maintenance-type-icon";
import type { RecordTask } from "./record-task";

interface RecordItemProps {
  record: RecordView;
  maintenance: DeviceMaintenance;
  onTask: (task: RecordTask) => void;
}

/** One record: what, when, who, with which parts, and its pictures. */
export function RecordItem({ record, maintenance, onTask }: RecordItemProps) {
  const { mayEdit, today } = maintenance;
  const isLate = record.status === "planned" && record.plannedFor !== null && record.plannedFor < today;
  const facts = [
    record.title === MAINTENANCE_TYPE_LABELS[record.type] ? null : MAINTENANCE_TYPE_LABELS[record.type],
    whenOf(record, today),
    record.technician,
    record.cost === null ? null : `${record.cost.toFixed(2)} ${record.currency ?? ""}`.trim(),
  ].filter(Boolean);
  return (
    <li className="flex gap-3 px-4 py-3">
      <IconTile tone={isLate ? "critical" : record.status === "planned" ? "maintenance" : "unknown"}>
        <MaintenanceTypeIcon type={record.type} />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className={cn("flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold", record.status === "cancelled" && "text-ink-2")}>
          <span className={cn("min-w-0", record.status === "cancelled" && "line-through")}>{record.title}</span>
          {isLate ? <Badge tone="critical">Overdue</Badge> : null}
          {record.status === "cancelled" ? <Badge tone="unknown">Cancelled</Badge> : null}
        </p>
        <p className="text-sm text-ink-2 tabular">{facts.join(" · ")}</p>
        <Details record={record} />
        <AttachmentStrip record={record} mayEdit={mayEdit && record.status !== "cancelled"} />
      </div>
      {mayEdit && record.status !== "cancelled" ? <Actions record={record} maintenance={maintenance} onTask={onTask} /> : null}
    </li>
  );
}

function Details({ record }: { record: RecordView }) {
  const lines = [
    record.parts ? `Parts: ${record.parts}` : null,
    record.certificate ? `Certificate: ${record.certificate}` : null,
    record.deviation ? `Deviation: ${record.deviation}` : null,
  ].filter(Boolean);
  return (
    <>
      {lines.length > 0 ? <p className="mt-1 text-sm">{lines.join(" · ")}</p> : null}
      {record.notes ? <p className="mt-1 text-sm whitespace-pre-line text-ink-2">{record.notes}</p> : null}
    </>
  );
}

function Actions({ record, maintenance, onTask }: RecordItemProps) {
  const { lifecycle } = maintenance.device;
  const items: ActionItem[] = [
    { label: "Edit…", icon: <Pencil aria-hidden />, onSelect: () => onTask({ kind: "edit", record }) },
    {
      label: record.status === "planned" ? "Call off…" : "Strike out…",
      icon: <Ban aria-hidden />,
      tone: "danger",
      separated: true,
      onSelect: () => onTask({ kind: "cancel", record }),
    },
  ];
  if (record.status === "planned" && (lifecycle === "active" || lifecycle === "provisioned"))
    items.unshift({ label: "Start…", icon: <Wrench aria-hidden />, onSelect: () => onTask({ kind: "start", record }) });
  return (
    <div className="flex shrink-0 items-start gap-1">
      {record.status === "planned" ? (
        <Button size="sm" onClick={() => onTask({ kind: "complete", record })} aria-label={`Finish: ${record.title}`}>
          <Check aria-hidden />
          <span className="max-sm:sr-only">Finish</span>
        </Button>
      ) : null}
      <ActionMenu label={`Actions for ${record.title}`} size="icon-sm" items={items} />
    </div>
  );
}

function whenOf(record: RecordView, today: string): string | null {
  if (record.doneOn) return formatDay(record.doneOn);
  if (!record.plannedFor) return null;
  return record.status === "planned"
    ? `${formatDay(record.plannedFor)}, ${describeDistance(record.plannedFor, today)}`
    : formatDay(record.plannedFor);
}
