"use client";

import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { formatDay } from "@/components/maintenance/format-day";
import { MaintenanceTypeIcon } from "@/components/maintenance/maintenance-type-icon";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconTile } from "@/components/ui/icon-tile";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import type { FieldDevice, FieldWork } from "@/server/services/scan/views";
import type { NewAction } from "../offline/outbox";

interface WorkListProps {
  device: FieldDevice;
  timeZone: string;
  mayEdit: boolean;
  onClose: (action: NewAction, done: string) => Promise<void>;
}

/** The open work orders on this device, and closing one. */
export function WorkList({ device, timeZone, mayEdit, onClose }: WorkListProps) {
  const [openId, setOpenId] = useState<string>();
  const today = todayIn(timeZone, new Date());
  if (device.work.length === 0) return null;
  return (
    <section aria-labelledby="open-work" className="flex flex-col gap-2">
      <h3 id="open-work" className="font-semibold">
        Open work
      </h3>
      <ul className="flex flex-col gap-2">
        {device.work.map((work) => (
          <li key={work.id} className="flex flex-col gap-3 rounded-card border border-line-2 p-3">
            <div className="flex items-start gap-3">
              <IconTile tone={work.plannedFor && work.plannedFor < today ? "warning" : "maintenance"}>
                <MaintenanceTypeIcon type={work.type} />
              </IconTile>
              <div className="min-w-0 flex-1">
                <p className="font-medium">{work.title}</p>
                <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
                  {MAINTENANCE_TYPE_LABELS[work.type]}
                  {work.plannedFor ? (
                    <span className="inline-flex items-center gap-1">
                      <CalendarClock aria-hidden className="size-3.5" />
                      {work.plannedFor < today ? "Overdue since " : ""}
                      {formatDay(work.plannedFor)}
                    </span>
                  ) : null}
                </p>
                {work.notes && openId !== work.id ? <p className="mt-1 text-sm whitespace-pre-line">{work.notes}</p> : null}
              </div>
              {mayEdit && openId !== work.id ? (
                <Button size="lg" onClick={() => setOpenId(work.id)} className="h-11" aria-label={`Close ${work.title}`}>
                  Close …
                </Button>
              ) : null}
            </div>
            {openId === work.id ? (
              <CloseForm
                work={work}
                today={today}
                onCancel={() => setOpenId(undefined)}
                onSubmit={async (doneOn, notes) => {
                  await onClose(
                    { kind: "complete_work", deviceId: device.deviceId, recordId: work.id, base: work.version, doneOn, notes },
                    "Work order closed",
                  );
                  setOpenId(undefined);
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CloseFormProps {
  work: FieldWork;
  today: string;
  onCancel: () => void;
  onSubmit: (doneOn: string, notes: string | null) => Promise<void>;
}

function CloseForm({ work, today, onCancel, onSubmit }: CloseFormProps) {
  const [doneOn, setDoneOn] = useState(today);
  const [notes, setNotes] = useState(work.notes ?? "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit(doneOn || today, notes.trim() || null);
      }}
      className="flex flex-col gap-3"
    >
      <Field label="Done on">
        <Input type="date" value={doneOn} max={today} onChange={(event) => setDoneOn(event.target.value)} />
      </Field>
      <Field label="Notes" optional>
        <Textarea value={notes} maxLength={2_000} rows={3} onChange={(event) => setNotes(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Button size="field" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="field" variant="primary">
          Close work
        </Button>
      </div>
    </form>
  );
}
