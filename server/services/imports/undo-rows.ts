import type { Database, Transaction } from "@/server/db/client";
import { Prisma, type ImportJob } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { DevicePatch, ExistingDevice } from "@/server/domain/imports/device-values";
import { HOLD_REASON_TEXTS, type HoldReason, planUndo, type Restorable } from "@/server/domain/imports/undo-row";
import type { UndoOutcome } from "@/server/domain/imports/vocabulary";
import { type AuditEntry, recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { findDevices, findOwners, serialKeyOf } from "./find-devices";
import { References } from "./hold-references";
import { LostImport } from "./read-rows";
import type { Rights } from "./rights";
import { patchDevices } from "./row-writes";
import { touchesCalibration } from "./settle-devices";
import { auditActorOf, type BatchOptions } from "./write-rows";

const TIMEOUT_MS = 30_000;

type WrittenRow = { row_no: number; device_key: string } & (
  { verdict: "create"; values: null; former: null } | { verdict: "update"; values: DevicePatch; former: DevicePatch }
);

interface Outcome {
  row_no: number;
  outcome: UndoOutcome;
  notes: string[];
}

/**
 * Takes the rows before the cursor back, the last first, in one transaction with a fixed number of statements.
 * @returns whether there may be more
 * @throws LostImport when another process has gone on
 */
export async function undoBatch(db: Database, job: ImportJob, { rights, now, most }: BatchOptions): Promise<boolean> {
  return inTransaction(
    db,
    async (tx) => {
      const rows = await tx.$queryRaw<WrittenRow[]>`
        SELECT row_no, device_key, verdict::text AS verdict, CASE verdict WHEN 'update' THEN "values" END AS "values", former FROM import_row
        WHERE import_id = ${job.id}::uuid AND row_no < ${job.cursor}::int AND verdict IN ('create', 'update') AND failure IS NULL
        ORDER BY row_no DESC LIMIT ${most}::int`;
      const first = rows.at(-1)?.row_no;
      if (first === undefined) return false;
      const keys = rows.map(({ device_key }) => device_key);
      const found = await findDevices(tx, Prisma.sql`d.id = ANY(${keys}::uuid[])`, { lock: true });
      const devices = new Map(found.map((device) => [device.id, device]));
      const created = rows.filter((row) => row.verdict === "create");
      const updated = rows.filter((row) => row.verdict === "update");
      const removal = await removeDevices(
        tx,
        created.map((row) => ({ row, device: devices.get(row.device_key) })),
        rights,
      );
      const restoration = await restoreDevices(
        tx,
        updated.map((row) => ({ row, device: devices.get(row.device_key) })),
        { rights, now },
      );
      await settle(tx, {
        job,
        now,
        first,
        outcomes: [...removal.outcomes, ...restoration.outcomes],
        removed: removal.removed,
        restored: restoration.restored,
      });
      return true;
    },
    { timeout: TIMEOUT_MS },
  );
}

interface Subject<Row> {
  row: Row;
  device: ExistingDevice | undefined;
}

const LOST_RIGHT = "Your role on its farm no longer allows it";

async function removeDevices(
  tx: Transaction,
  subjects: readonly Subject<WrittenRow & { verdict: "create" }>[],
  rights: Rights,
): Promise<{ outcomes: Outcome[]; removed: ExistingDevice[] }> {
  if (subjects.length === 0) return { outcomes: [], removed: [] };
  const keys = subjects.map(({ row }) => row.device_key);
  const holds = await tx.$queryRaw<{ id: string; hold: HoldReason }[]>`
    SELECT id, hold FROM (
      SELECT d.id, CASE
        WHEN d.lifecycle = 'decommissioned' THEN 'decommissioned'
        WHEN d.first_connected_at IS NOT NULL OR s.last_seen_at IS NOT NULL THEN 'connected'
        WHEN EXISTS (SELECT 1 FROM maintenance_record m WHERE m.device_key = d.id) THEN 'work'
        WHEN EXISTS (SELECT 1 FROM rollout_target t WHERE t.device_key = d.id) THEN 'updates'
        WHEN d.replaced_by_id IS NOT NULL OR EXISTS (SELECT 1 FROM device x WHERE x.replaced_by_id = d.id) THEN 'replacement' END AS hold
      FROM device d JOIN device_state s ON s.device_key = d.id WHERE d.id = ANY(${keys}::uuid[])) AS judged
    WHERE hold IS NOT NULL`;
  const held = new Map(holds.map(({ id, hold }) => [id, HOLD_REASON_TEXTS[hold]]));
  const removed: ExistingDevice[] = [];
  const outcomes = subjects.map(({ row, device }): Outcome => {
    if (!device) return { row_no: row.row_no, outcome: "removed", notes: ["Was gone already"] };
    const hold = rights.may("device.provision", device.farm_id) ? held.get(device.id) : LOST_RIGHT;
    if (hold !== undefined) return { row_no: row.row_no, outcome: "kept", notes: [hold] };
    removed.push(device);
    return { row_no: row.row_no, outcome: "removed", notes: [] };
  });
  await tx.$executeRaw`DELETE FROM device WHERE id = ANY(${removed.map(({ id }) => id)}::uuid[])`;
  return { outcomes, removed };
}

type RestoredDevice = { device: ExistingDevice; patch: DevicePatch };

async function restoreDevices(
  tx: Transaction,
  subjects: readonly Subject<WrittenRow & { verdict: "update" }>[],
  { rights, now }: { rights: Rights; now: Date },
): Promise<{ outcomes: Outcome[]; restored: RestoredDevice[] }> {
  if (subjects.length === 0) return { outcomes: [], restored: [] };
  const worldOf = await lookAround(tx, subjects);
  const restored: RestoredDevice[] = [];
  const outcomes = subjects.map(({ row, device }): Outcome => {
    const { row_no } = row;
    if (!device) return { row_no, outcome: "kept", notes: ["The device is gone"] };
    if (!rights.may("device.edit", device.farm_id)) return { row_no, outcome: "kept", notes: [LOST_RIGHT] };
    const { patch, kept } = planUndo(row.former, row.values, device, worldOf(row.former, device));
    const isRestored = Object.keys(patch).length > 0;
    if (isRestored) restored.push({ device, patch });
    return { row_no, outcome: kept.length === 0 ? "restored" : isRestored ? "partly_restored" : "kept", notes: kept };
  });
  await patchDevices(
    tx,
    now,
    restored.map(({ device, patch }) => ({ id: device.id, patch })),
  );
  return { outcomes, restored };
}

/** What former values can still be had: who has the identities by now, and which groups and tags there are. */
async function lookAround(tx: Transaction, subjects: readonly Subject<{ former: DevicePatch }>[]) {
  const references = await References.hold(
    tx,
    subjects.flatMap(({ row }) => row.former.group_id ?? []),
    subjects.flatMap(({ row }) => row.former.tag_ids ?? []),
  );
  const serialOf = (former: DevicePatch, device: ExistingDevice) => {
    if (former.serial_number === undefined && former.manufacturer === undefined) return null;
    const serial = former.serial_number === undefined ? device.serial_number : former.serial_number;
    return serial === null ? null : serialKeyOf(former.manufacturer ?? device.manufacturer, serial);
  };
  const macs = subjects.flatMap(({ row }) => row.former.mac_address ?? []);
  const serials = subjects.flatMap(({ row, device }) => (device && serialOf(row.former, device)) ?? []);
  const owners = macs.length + serials.length === 0 ? [] : await findOwners(tx, macs, serials);
  const byMac = new Map(owners.flatMap((owner) => (owner.mac_address === null ? [] : [[owner.mac_address, owner.id] as const])));
  const bySerial = new Map(owners.flatMap((owner) => (owner.serial_key === null ? [] : [[owner.serial_key, owner.id] as const])));
  return (former: DevicePatch, device: ExistingDevice): Restorable => {
    const macOwner = former.mac_address ? byMac.get(former.mac_address) : undefined;
    const serial = serialOf(former, device);
    const serialOwner = serial === null ? undefined : bySerial.get(serial);
    return {
      isMacTaken: macOwner !== undefined && macOwner !== device.id,
      isSerialTaken: serialOwner !== undefined && serialOwner !== device.id,
      isGroupOpen: references.refusal(former.group_id, { farmId: device.farm_id, type: device.type }) === undefined,
      tagIds: references.tagIds,
    };
  };
}

interface Settlement {
  job: ImportJob;
  now: Date;
  first: number;
  outcomes: readonly Outcome[];
  removed: readonly ExistingDevice[];
  restored: readonly RestoredDevice[];
}

async function settle(tx: Transaction, { job, now, first, outcomes, removed, restored }: Settlement): Promise<void> {
  const countOf = (wanted: (outcome: UndoOutcome) => boolean) => outcomes.filter(({ outcome }) => wanted(outcome)).length;
  // Loses to whoever has taken these rows back meanwhile.
  const moved = await tx.$executeRaw`
    UPDATE import_job SET cursor = ${first}::int, worked_at = now(),
      removed_count = removed_count + ${countOf((outcome) => outcome === "removed")}::int,
      restored_count = restored_count + ${countOf((outcome) => outcome === "restored")}::int,
      kept_count = kept_count + ${countOf((outcome) => outcome === "kept" || outcome === "partly_restored")}::int
    WHERE id = ${job.id}::uuid AND state = 'undoing' AND cursor = ${job.cursor}::int`;
  if (moved === 0) throw new LostImport();
  await tx.$executeRaw`
    UPDATE import_row r SET undo_outcome = o.outcome, undo_notes = ARRAY(SELECT jsonb_array_elements_text(o.notes))
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) AS o(row_no int, outcome import_undo_outcome, notes jsonb)
    WHERE r.import_id = ${job.id}::uuid AND r.row_no = o.row_no`;
  const regrouped = restored.filter(({ patch }) => patch.group_id !== undefined).map(({ device }) => device.id);
  if (regrouped.length > 0) await applyHealthRules(tx, Prisma.sql`d.id = ANY(${regrouped}::uuid[])`);
  const calibrated = restored.filter(({ patch }) => touchesCalibration(patch)).map(({ device }) => device.id);
  if (calibrated.length > 0) await refreshCalibration(tx, now, { deviceKeys: calibrated });
  const touched = [...removed, ...restored.map(({ device }) => device)];
  const farmIds = [...new Set(touched.map(({ farm_id }) => farm_id))];
  const ids = touched.map(({ device_id }) => device_id);
  if (removed.length > 0) {
    // The broker lets go of whoever is connecting at this moment.
    await announce(tx, { topic: "credentials", farmIds, ids: removed.map(({ device_id }) => device_id) });
    await announce(tx, { topic: "farms", farmIds, ids: [] });
  }
  if (touched.length > 0) {
    await announce(tx, { topic: "devices", farmIds, ids });
    await announce(tx, { topic: "maintenance", farmIds, ids });
  }
  await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [job.id] });
  const about = (action: string, { device_id, farm_id }: ExistingDevice): AuditEntry => ({
    action,
    subjectType: "device",
    subjectId: device_id,
    farmId: farm_id,
    after: { importId: job.id, undo: true },
  });
  await recordAudit(tx, { actor: auditActorOf(job), now, requestId: job.id }, [
    ...removed.map((device) => about("device.removed", device)),
    ...restored.map(({ device, patch }) => ({ ...about("device.edited", device), after: { ...patch, importId: job.id, undo: true } })),
  ]);
}
