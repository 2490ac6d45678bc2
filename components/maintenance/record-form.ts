import type { UseFormSetError } from "react-hook-form";
import type { z } from "zod";
import { MAINTENANCE_TYPE_LABELS, type MaintenanceType } from "@/server/domain/maintenance/maintenance-type";
import { completeRecordSchema, editRecordSchema, planRecordSchema, recordDoneSchema } from "@/server/domain/maintenance/schema";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import type { RecordTask } from "./record-task";

export type FormTask = Extract<RecordTask, { kind: "plan" | "done" | "complete" | "edit" }>;

/** What the form holds: texts as typed. */
export interface RecordForm {
  type: MaintenanceType;
  title: string;
  plannedFor: string;
  doneOn: string;
  technician: string;
  parts: string;
  cost: string;
  currency: string;
  notes: string;
  certificate: string;
  deviation: string;
  nextMaintenanceDate: string;
  endMaintenance: boolean;
}

export const RECORD_FIELDS = [
  "type",
  "title",
  "plannedFor",
  "doneOn",
  "technician",
  "parts",
  "cost",
  "currency",
  "notes",
  "certificate",
  "deviation",
  "nextMaintenanceDate",
] as const;

const SCHEMAS = { plan: planRecordSchema, done: recordDoneSchema, complete: completeRecordSchema, edit: editRecordSchema };

/** Whether the form asks for what finished work has: day, parts, cost. */
export function asksForResult(task: FormTask): boolean {
  return task.kind === "done" || task.kind === "complete" || (task.kind === "edit" && task.record.status === "done");
}

export function defaultsOf(task: FormTask, { today, device }: DeviceMaintenance): RecordForm {
  const record = "record" in task ? task.record : undefined;
  const type = record?.type ?? (task.kind === "done" ? task.type : undefined) ?? "inspection";
  return {
    type,
    title: record && record.title !== MAINTENANCE_TYPE_LABELS[type] ? record.title : "",
    plannedFor: record?.plannedFor ?? today,
    doneOn: record?.doneOn ?? today,
    technician: record?.technician ?? "",
    parts: record?.parts ?? "",
    cost: record?.cost === null || record?.cost === undefined ? "" : record.cost.toFixed(2),
    currency: record?.currency ?? "EUR",
    notes: record?.notes ?? "",
    certificate: record?.certificate ?? "",
    deviation: record?.deviation ?? "",
    nextMaintenanceDate: device.nextMaintenanceDate ?? "",
    endMaintenance: task.kind === "complete",
  };
}

/** What the service is asked. Only what the form really asked for is in it. */
export function inputOf(task: FormTask, form: RecordForm, { device }: DeviceMaintenance) {
  const cost = form.cost.trim() === "" ? null : Number(form.cost.replace(",", "."));
  const common = { title: form.title, technician: form.technician, notes: form.notes };
  const result = {
    parts: form.parts,
    cost,
    currency: cost === null ? null : form.currency,
    certificate: form.certificate,
    deviation: form.deviation,
  };
  // Left as it was is no change: two people who finish work at once do not undo each other's date.
  const next = form.nextMaintenanceDate === (device.nextMaintenanceDate ?? "") ? {} : { nextMaintenanceDate: form.nextMaintenanceDate };
  const of = "record" in task ? { recordId: task.record.id, version: task.record.version } : { deviceId: device.deviceId, type: form.type };
  switch (task.kind) {
    case "plan":
      return { ...of, ...common, plannedFor: form.plannedFor };
    case "edit":
      return { ...of, ...common, ...result, plannedFor: form.plannedFor, doneOn: asksForResult(task) ? form.doneOn : null };
    case "done":
    case "complete":
      return { ...of, ...common, ...result, ...next, doneOn: form.doneOn };
  }
}

/** Checks by the service's own schema before it is asked. @returns whether all is well */
export function checkInput(task: FormTask, input: unknown, setError: UseFormSetError<RecordForm>): boolean {
  const schema: z.ZodType = SCHEMAS[task.kind];
  const issues = schema.safeParse(input).error?.issues ?? [];
  issues.forEach((issue, index) => {
    const field = RECORD_FIELDS.find((name) => name === issue.path[0]);
    if (field) setError(field, { message: issue.message }, { shouldFocus: index === 0 });
  });
  return issues.length === 0;
}
