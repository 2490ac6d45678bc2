import type { Transaction } from "@/server/db/client";
import { Prisma, type ImportJob } from "@/server/db/generated/client";
import type { DevicePatch } from "@/server/domain/imports/device-values";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import type { NewDevice } from "./row-writes";
import type { UpdatedDevice } from "./staged-row";

interface Settlement {
  job: ImportJob;
  now: Date;
  created: readonly NewDevice[];
  updated: readonly UpdatedDevice[];
}

/** What follows from new and changed devices. */
export async function settle(tx: Transaction, { job, now, created, updated }: Settlement): Promise<void> {
  const regrouped = updated.filter(({ row }) => row.values.group_id !== undefined).map(({ device }) => device.id);
  const rules = created.length > 0 ? await rulesThereAre(tx) : NO_RULES;
  const judgedAnew = [...(rules.health ? created.map((device) => device.id) : []), ...regrouped];
  if (judgedAnew.length > 0) await applyHealthRules(tx, Prisma.sql`d.id = ANY(${judgedAnew}::uuid[])`);
  const calibrated = updated.filter(({ row }) => touchesCalibration(row.values)).map(({ device }) => device.id);
  const due = created.filter((device) => rules.calibration || device.calibration_interval_days !== null);
  const deviceKeys = [...due.map((device) => device.id), ...calibrated];
  if (deviceKeys.length > 0) await refreshCalibration(tx, now, { deviceKeys });
  const touched = [...created, ...updated.map(({ device }) => device)];
  const farmIds = [...new Set(touched.map((device) => device.farm_id))];
  if (touched.length > 0) {
    if (created.length > 0) await announce(tx, { topic: "farms", farmIds, ids: [] });
    await announce(tx, { topic: "devices", farmIds, ids: touched.map((device) => device.device_id) });
    await announce(tx, { topic: "maintenance", farmIds, ids: touched.map((device) => device.device_id) });
  }
  await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [job.id] });
}

interface Rules {
  health: boolean;
  calibration: boolean;
}
const NO_RULES: Rules = { health: false, calibration: false };

/** Without any, a new device keeps the built-in thresholds and needs no calibration, as its columns say by default. */
async function rulesThereAre(tx: Transaction): Promise<Rules> {
  const [rules] = await tx.$queryRaw<Rules[]>`
    SELECT EXISTS (SELECT FROM health_rule) AS health, EXISTS (SELECT FROM calibration_interval) AS calibration`;
  return rules ?? NO_RULES;
}

/** What the next calibration depends on. */
export function touchesCalibration(patch: DevicePatch): boolean {
  return patch.model !== undefined || patch.calibration_interval_days !== undefined || patch.last_calibration_date !== undefined;
}
