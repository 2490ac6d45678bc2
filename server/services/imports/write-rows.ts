import type { Database, Transaction } from "@/server/db/client";
import { Prisma, type ImportJob } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { ExistingDevice } from "@/server/domain/imports/device-values";
import { type AuditActor, recordAudit, type AuditEntry } from "@/server/services/audit/record-audit";
import { holdDeviceIds } from "@/server/services/devices/id-blocks/hold-device-ids";
import { findReservedIds } from "@/server/services/devices/id-blocks/reserved-ids";
import { findDevices, findOwners, serialKeyOf } from "./find-devices";
import { References } from "./hold-references";
import { issueSecrets } from "./import-secrets";
import { LostImport } from "./read-rows";
import type { Rights } from "./rights";
import { insertDevices, type NewDevice, patchDevices } from "./row-writes";
import { settle } from "./settle-devices";
import type { CreateRow, StagedRow, UpdatedDevice, UpdateRow } from "./staged-row";

const TIMEOUT_MS = 30_000;

/** One batch of writing or taking back. */
export interface BatchOptions {
  rights: Rights;
  now: Date;
  /** Rows at most. */
  most: number;
}

/** Where a batch stands beside another that is written at the same time. */
export interface Company {
  /** It has the database's attention. */
  onBegun: () => void;
  /** It has moved the import on, and whoever follows waits for its commit in the database. */
  onMoved: () => void;
  /** When it may move the import on. */
  mayMove: Promise<void> | undefined;
}

/** A row that was right in the preview cannot be written, and the import is all or nothing. */
export class Broken extends Error {}

/** Who the work of an import is done for, as the audit log names them. */
export function auditActorOf(job: ImportJob): AuditActor {
  if (job.createdByKeyId) return { kind: "api_key", keyId: job.createdByKeyId, name: job.createdByName };
  return { kind: "user", userId: job.createdById, name: job.createdByName };
}

/**
 * Writes the next rows of an import in one transaction, a fixed number of statements: what the preview said, and nothing
 * where something has changed since.
 * @throws Broken before anything of the batch is written, LostImport when another process has gone on
 */
export function writeBatch(
  db: Database,
  job: ImportJob,
  { rights, now, most }: BatchOptions,
  { onBegun, onMoved, mayMove }: Company,
): Promise<void> {
  const last = Math.min(job.cursor + most, job.totalRows);
  return inTransaction(
    db,
    async (tx) => {
      const rows = await tx.$queryRaw<StagedRow[]>`
        SELECT row_no, verdict::text AS verdict, device_key, device_id, version, former, changes,
          CASE verdict WHEN 'update' THEN "values" ELSE jsonb_build_object('farm_id', "values"->'farm_id', 'type', "values"->'type',
            'group_id', "values"->'group_id', 'tag_ids', "values"->'tag_ids') END AS "values"
        FROM import_row
        WHERE import_id = ${job.id}::uuid AND row_no > ${job.cursor}::int AND row_no <= ${last}::int AND verdict IN ('create', 'update')
        ORDER BY row_no`;
      onBegun();
      const failures = new Map<number, string>();
      const references = await holdAll(tx, rows);
      const creates = rows.filter((row) => row.verdict === "create");
      const updates = rows.filter((row) => row.verdict === "update");
      const created = await createDevices(tx, { job, rights, now, references, failures }, creates);
      const updated = await updateDevices(tx, { job, rights, now, references, failures }, updates);
      if (failures.size > 0 && job.onError === "all_or_nothing") {
        const [rowNo, reason] = [...failures].sort(([a], [b]) => a - b)[0] ?? [0, ""];
        throw new Broken(`Row ${rowNo.toLocaleString("en")}: ${reason}`);
      }
      await mayMove;
      await moveOn(tx, job, { created: created.length, updated: updated.length, failures, last });
      onMoved();
      await settle(tx, { job, now, created, updated });
      await recordAudit(tx, { actor: auditActorOf(job), now, requestId: job.id }, auditOf(job, created, updated));
    },
    { timeout: TIMEOUT_MS },
  );
}

function holdAll(tx: Transaction, rows: readonly StagedRow[]): Promise<References> {
  return References.hold(
    tx,
    rows.flatMap(({ values }) => values.group_id ?? []),
    rows.flatMap(({ values }) => values.tag_ids ?? []),
  );
}

interface Writing {
  job: ImportJob;
  rights: Rights;
  now: Date;
  references: References;
  /** Why rows could not be written, by number. */
  failures: Map<number, string>;
}

async function createDevices(
  tx: Transaction,
  { job, rights, now, references, failures }: Writing,
  rows: readonly CreateRow[],
): Promise<NewDevice[]> {
  if (rows.length === 0) return [];
  const reserved = await holdIds(tx, rights, rows);
  for (const { row_no, device_id, values } of rows) {
    const reason = rights.may("device.provision", values.farm_id)
      ? (references.refusal(values.group_id, { farmId: values.farm_id, type: values.type }) ??
        references.missingTag(values.tag_ids) ??
        reserved.get(device_id))
      : "Your role on its farm no longer allows new devices";
    if (reason) failures.set(row_no, reason);
  }
  const right = rows.filter(({ row_no }) => !failures.has(row_no));
  const [first, last] = [right[0]?.row_no, right.at(-1)?.row_no];
  if (first === undefined || last === undefined) return [];
  const registration = {
    importId: job.id,
    rows: { first, last, except: [...failures.keys()] },
    now,
    userId: job.createdById,
    isProvisioned: job.issueCredentials,
  };
  const created = await insertDevices(tx, registration);
  if (created.length < right.length) {
    const keys = new Set(created.map(({ id }) => id));
    for (const row of right)
      if (!keys.has(row.device_key)) failures.set(row.row_no, "Its ID, MAC address or serial number was taken after the preview");
  }
  if (job.issueCredentials)
    await issueSecrets(tx, { importId: job.id, userId: job.createdById, now, rowNo: rows[0]?.row_no ?? 0, devices: created });
  return created;
}

/** Nobody counts or reserves IDs around these until the transaction ends. @returns those that are reserved by now, and for whom */
async function holdIds(tx: Transaction, rights: Rights, rows: readonly CreateRow[]): Promise<Map<string, string>> {
  await holdDeviceIds(
    tx,
    rows.map(({ device_id }) => device_id.slice(0, 2)),
    "registering",
  );
  const wanted = rows.map(({ device_id, values }) => ({ deviceId: device_id, farmId: values.farm_id, type: values.type }));
  return findReservedIds(tx, (farmId) => rights.may("device.read", farmId), wanted);
}

async function updateDevices(
  tx: Transaction,
  { rights, now, references, failures }: Writing,
  rows: readonly UpdateRow[],
): Promise<UpdatedDevice[]> {
  if (rows.length === 0) return [];
  const keys = rows.map(({ device_key }) => device_key);
  const devices = new Map(
    (await findDevices(tx, Prisma.sql`d.id = ANY(${keys}::uuid[])`, { lock: true })).map((device) => [device.id, device]),
  );
  const taken = await takenIdentities(tx, rows, devices);
  const written: UpdatedDevice[] = [];
  for (const row of rows) {
    const device = devices.get(row.device_key);
    const reason = refusalOfUpdate(row, device, { rights, references }) ?? taken.get(row.row_no);
    if (reason) failures.set(row.row_no, reason);
    else if (device) written.push({ row, device });
  }
  await patchDevices(
    tx,
    now,
    written.map(({ row }) => ({ id: row.device_key, patch: row.values })),
  );
  return written;
}

function refusalOfUpdate(
  { version, values, former }: UpdateRow,
  device: ExistingDevice | undefined,
  { rights, references }: Pick<Writing, "rights" | "references">,
): string | undefined {
  if (!device) return "The device is gone since the preview";
  if (!rights.may("device.edit", device.farm_id)) return "Your role on its farm no longer allows changes";
  const hasOtherTags = former.tag_ids !== undefined && former.tag_ids.join() !== device.tag_ids.join();
  if (device.version !== version || device.lifecycle === "decommissioned" || hasOtherTags)
    return "Somebody changed the device after the preview";
  return references.refusal(values.group_id, { farmId: device.farm_id, type: device.type }) ?? references.missingTag(values.tag_ids);
}

/** Rows whose MAC address or serial number somebody else has taken since the preview. */
async function takenIdentities(
  tx: Transaction,
  rows: readonly UpdateRow[],
  devices: ReadonlyMap<string, ExistingDevice>,
): Promise<Map<number, string>> {
  const claims = rows.map(({ row_no, device_key, values }) => {
    const device = devices.get(device_key);
    const serial = values.serial_number ?? (values.manufacturer === undefined ? null : (device?.serial_number ?? null));
    return {
      row_no,
      device_key,
      mac: values.mac_address ?? null,
      serial: serial === null ? null : serialKeyOf(values.manufacturer ?? device?.manufacturer ?? "", serial),
    };
  });
  const macs = claims.flatMap(({ mac }) => mac ?? []);
  const serials = claims.flatMap(({ serial }) => serial ?? []);
  if (macs.length + serials.length === 0) return new Map();
  const owners = await findOwners(tx, macs, serials);
  const isTaken = ({ device_key, mac, serial }: (typeof claims)[number]) =>
    owners.some(
      (owner) =>
        owner.id !== device_key && ((mac !== null && owner.mac_address === mac) || (serial !== null && owner.serial_key === serial)),
    );
  return new Map(claims.filter(isTaken).map(({ row_no }) => [row_no, "Its MAC address or serial number was taken after the preview"]));
}

interface Step {
  created: number;
  updated: number;
  failures: ReadonlyMap<number, string>;
  /** Row up to which everything is done. */
  last: number;
}

/** How far the import is. Loses to whoever has written these rows meanwhile. */
async function moveOn(tx: Transaction, { id, cursor }: ImportJob, { created, updated, failures, last }: Step): Promise<void> {
  // First the lock, then a statement that sees what the batch before has committed meanwhile.
  await tx.$executeRaw`SELECT id FROM import_job WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const moved = await tx.$executeRaw`
    UPDATE import_job SET cursor = ${last}::int, created_count = created_count + ${created}::int,
      updated_count = updated_count + ${updated}::int, failed_count = failed_count + ${failures.size}::int, worked_at = now()
    WHERE id = ${id}::uuid AND state = 'importing' AND cursor = ${cursor}::int`;
  if (moved === 0) throw new LostImport();
  if (failures.size === 0) return;
  await tx.$executeRaw`
    UPDATE import_row r SET failure = f.reason FROM unnest(${[...failures.keys()]}::int[], ${[...failures.values()]}::text[]) AS f(row_no, reason)
    WHERE r.import_id = ${id}::uuid AND r.row_no = f.row_no`;
}

function auditOf(job: ImportJob, created: readonly NewDevice[], updated: readonly UpdatedDevice[]): AuditEntry[] {
  const action = job.issueCredentials ? "device.provisioned" : "device.registered";
  return [
    ...created.map((device) => ({
      action,
      subjectType: "device" as const,
      subjectId: device.device_id,
      farmId: device.farm_id,
      after: { name: device.name, type: device.type, method: "csv_import", importId: job.id },
    })),
    ...updated.map(({ row, device }) => ({
      action: "device.edited",
      subjectType: "device" as const,
      subjectId: device.device_id,
      farmId: device.farm_id,
      before: Object.fromEntries(row.changes.map(({ field, before }) => [field, before])),
      after: { ...Object.fromEntries(row.changes.map(({ field, after }) => [field, after])), importId: job.id },
    })),
  ];
}
