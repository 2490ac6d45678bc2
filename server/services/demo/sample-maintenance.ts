import { randomUUID } from "node:crypto";
import type { Prisma } from "@/server/db/generated/client";
import { addDays, dateOf } from "@/server/domain/maintenance/calendar-day";
import type { MaintenanceType } from "@/server/domain/maintenance/maintenance-type";

/** Milk meters are tested once a year, as milk recording asks for; tank sensors twice. */
export const SAMPLE_INTERVALS = [
  { deviceType: "milk_meter", model: "", days: 365 },
  { deviceType: "temperature", model: "T2", days: 180 },
] as const;

interface SampleUnit {
  id: string;
  deviceId: string;
  type: string;
}

/** Days since the last calibration; other units of their kind lie in between. */
const LAST_CALIBRATED: Record<string, number> = { MM005: 356, MM012: 369, MM015: 362, TS001: 171, TS002: 20 };

/** Days from today to the next regular maintenance. */
const NEXT_MAINTENANCE: Record<string, number> = { GT001: 4, GT002: 18, FD001: 9, WD002: -3, WD003: 24, EN001: 12 };

interface SamplePlan {
  deviceId: string;
  inDays: number;
  type: MaintenanceType;
  title: string;
  technician: string | null;
  notes: string | null;
}

const PLANNED: SamplePlan[] = [
  plan("MM003", 0, "cleaning", "Descale the flow chamber", "Take the acid rinse along; the valve sits behind the bracket."),
  plan("FD002", -2, "repair", "Chute rattles, tighten the bracket", "Reported after the morning feed."),
  plan("FD003", 1, "part_replacement", "Replace the auger", "Spare auger is in the workshop, shelf 3."),
  plan("AC004", 2, "battery_change", "New battery for the collar", null),
  plan("MM012", 3, "calibration", "Yearly test of the milk meter", "Water test with 10 l, three runs."),
  plan("TS001", 6, "calibration", "Compare with the reference thermometer", null),
  plan("EN002", 13, "inspection", "Check the ammonia cell", null),
  plan("GT001", 20, "inspection", "Light barrier and emergency stop", "Two people."),
];

const DONE: (SamplePlan & { parts: string | null; cost: number | null })[] = [
  { ...plan("MM003", -41, "part_replacement", "Seal of the inlet replaced", null), parts: "Seal kit LF-S2", cost: 18.4 },
  { ...plan("FD003", -12, "inspection", "Auger wears unevenly", "Ordered a new one."), parts: null, cost: null },
  { ...plan("WD001", -65, "cleaning", "Float and bowl cleaned", null), parts: null, cost: null },
  { ...plan("AC004", -420, "battery_change", "Battery changed", null), parts: "ER14505", cost: 7.9 },
];

function plan(deviceId: string, inDays: number, type: MaintenanceType, title: string, notes: string | null): SamplePlan {
  return { deviceId, inDays, type, title, notes, technician: inDays % 2 === 0 ? "Field technician" : null };
}

/** What a sample device says of its own maintenance. */
export function sampleDates(deviceId: string, type: string, today: string) {
  const since =
    LAST_CALIBRATED[deviceId] ??
    (type === "milk_meter" || type === "temperature" ? 40 + ((Number(deviceId.slice(2)) * 23) % 110) : undefined);
  const next = NEXT_MAINTENANCE[deviceId];
  return {
    ...(since === undefined
      ? {}
      : {
          lastCalibrationDate: dateOf(addDays(today, -since)),
          calibrationCertificate: certificateOf(deviceId, addDays(today, -since)),
          calibrationDeviation: deviationOf(deviceId),
        }),
    ...(next === undefined ? {} : { nextMaintenanceDate: dateOf(addDays(today, next)) }),
  };
}

/** Records behind those dates, work that is planned, and some history. */
export function sampleRecords(
  units: readonly (SampleUnit & { lastCalibrationDate?: Date | string | null })[],
  today: string,
  now: Date,
): Prisma.MaintenanceRecordCreateManyInput[] {
  const keys = new Map(units.map((unit) => [unit.deviceId, unit.id]));
  const base = ({ deviceId, inDays, type, title, technician, notes }: SamplePlan) => ({
    id: randomUUID(),
    deviceKey: keys.get(deviceId) ?? "",
    type,
    title,
    technician,
    notes,
    createdAt: new Date(now.getTime() + Math.min(0, inDays) * 86_400_000 - 3_600_000),
  });
  return [
    ...units.flatMap(({ deviceId, lastCalibrationDate }) => {
      if (!(lastCalibrationDate instanceof Date)) return [];
      const inDays = Math.round((lastCalibrationDate.getTime() - dateOf(today).getTime()) / 86_400_000);
      return [
        {
          ...base({ deviceId, inDays, type: "calibration", title: "Calibration", technician: "Service partner", notes: null }),
          status: "done" as const,
          doneOn: lastCalibrationDate,
          certificate: certificateOf(deviceId, addDays(today, inDays)),
          deviation: deviationOf(deviceId),
        },
      ];
    }),
    ...PLANNED.map((work) => ({ ...base(work), status: "planned" as const, plannedFor: dateOf(addDays(today, work.inDays)) })),
    ...DONE.map((work) => ({
      ...base(work),
      status: "done" as const,
      doneOn: dateOf(addDays(today, work.inDays)),
      parts: work.parts,
      cost: work.cost,
      currency: work.cost === null ? null : "EUR",
    })),
  ];
}

function certificateOf(deviceId: string, day: string): string {
  return `CAL-${day.slice(0, 4)}-${deviceId}`;
}

function deviationOf(deviceId: string): string {
  return `+0.${1 + (Number(deviceId.slice(2)) % 7)} %`;
}
