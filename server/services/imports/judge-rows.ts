import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { ExistingDevice } from "@/server/domain/imports/device-values";
import { type CellChange, judgeRow, type Judgement } from "@/server/domain/imports/judge-row";
import { type Issue, readCells, type ReadRow, type RowCells, surplusIssue } from "@/server/domain/imports/read-cells";
import type { ImportRules, RowFacts } from "@/server/domain/imports/rules";
import type { ImportVerdict } from "@/server/domain/imports/vocabulary";
import { findReservedIds } from "@/server/services/devices/id-blocks/reserved-ids";
import { findDevices, findOwners, serialKeyOf } from "./find-devices";

/** A row of a file, reduced to what is mapped. */
export interface PickedRow {
  rowNo: number;
  line: number;
  cells: RowCells;
  /** How many cells it has, when some lie beyond the header. */
  surplusCells: number | null;
}

/** A judged row, under the names of the columns of `import_row`. */
export interface JudgedRow {
  row_no: number;
  line: number;
  cells: RowCells;
  surplus_cells: number | null;
  device_id: string | null;
  mac_address: string | null;
  serial_key: string | null;
  verdict: ImportVerdict;
  /** Of a known device; a new one gets its key when it is staged. */
  device_key: string | null;
  version: number | null;
  values: unknown;
  former: unknown;
  changes: CellChange[] | null;
  issues: Issue[] | null;
  reason: string | null;
  /** The farm that is written to. */
  farm_id: string | null;
}

export interface JudgeScope {
  importId: string;
  rules: ImportRules;
  /** Columns of the header. */
  columns: number;
}

/** Judges some rows of an import. Four look-ups, however many rows; none when there are none. */
export async function judgeRows(db: Database | Transaction, scope: JudgeScope, picked: readonly PickedRow[]): Promise<JudgedRow[]> {
  if (picked.length === 0) return [];
  const rows = picked.map((row) => ({ ...row, read: readWhole(row, scope.columns) }));
  const ids = rows.flatMap(({ read }) => read.values.deviceId ?? []);
  const devices = new Map(
    (await findDevices(db, Prisma.sql`d.device_id = ANY(${ids}::text[])`)).map((device) => [device.device_id, device]),
  );
  const claiming = rows.map((row) => ({
    ...row,
    device: devices.get(row.read.values.deviceId ?? ""),
    claims: claimsOf(row.read, devices),
  }));
  const owners = await ownersOf(
    db,
    claiming.map(({ claims }) => claims),
  );
  const earlier = await firstClaims(db, scope.importId, claiming);
  const judged = claiming.map(({ read, device, claims, ...row }) => {
    const isVisible = device && scope.rules.farmsById.has(device.farm_id);
    const ownerOf = (kind: "mac" | "serial", key: string | null) => {
      const owner = key === null ? undefined : owners.get(`${kind}:${key}`);
      if (!owner || owner.id === device?.id) return undefined;
      return { deviceId: scope.rules.farmsById.has(owner.farm_id) ? owner.device_id : null };
    };
    const facts: RowFacts = {
      existing: device && (isVisible ? device : "hidden"),
      macOwner: ownerOf("mac", claims.mac),
      serialOwner: ownerOf("serial", claims.serial),
      earlier: {
        deviceId: before(row.rowNo, earlier.get(`id:${claims.deviceId}`)),
        mac: before(row.rowNo, earlier.get(`mac:${claims.mac}`)),
        serial: before(row.rowNo, earlier.get(`serial:${claims.serial}`)),
      },
    };
    return { row, claims, judgement: judgeRow(read, facts, scope.rules), device: isVisible ? device : undefined };
  });
  const reserved = await reservedOf(db, scope, judged);
  return judged.map(({ row, claims, judgement, device }) =>
    toJudgedRow(row, claims, reserved.get(claims.deviceId ?? "") ?? judgement, device),
  );
}

/** Rows that would take an ID that is set aside for another farm or type, as the errors they are. */
async function reservedOf(
  db: Database | Transaction,
  { rules }: JudgeScope,
  judged: readonly { claims: Claims; judgement: Judgement }[],
): Promise<Map<string, Judgement>> {
  const wanted = judged.flatMap(({ claims, judgement }) =>
    judgement.verdict === "create" && claims.deviceId !== null
      ? [{ deviceId: claims.deviceId, farmId: judgement.values.farm_id, type: judgement.values.type }]
      : [],
  );
  const reserved = await findReservedIds(db, (farmId) => rules.farmsById.has(farmId), wanted);
  return new Map(
    [...reserved].map(([deviceId, reason]) => [
      deviceId,
      {
        verdict: "error",
        issues: [{ field: "device_id", reason, mend: "Give the device another ID, or release those that are reserved" }],
      },
    ]),
  );
}

function readWhole({ cells, surplusCells }: PickedRow, columns: number): ReadRow {
  const { values, issues } = readCells(cells);
  return { values, issues: surplusCells === null ? issues : [surplusIssue(surplusCells, columns), ...issues] };
}

function before(rowNo: number, first: number | undefined): number | undefined {
  return first !== undefined && first < rowNo ? first : undefined;
}

/** What a row wants for its device alone. */
interface Claims {
  deviceId: string | null;
  mac: string | null;
  serial: string | null;
}

/** With a serial number or a maker only, the other half is what the device has. */
function claimsOf({ values }: ReadRow, devices: ReadonlyMap<string, ExistingDevice>): Claims {
  const device = devices.get(values.deviceId ?? "");
  const serial = values.serialNumber ?? (values.manufacturer === undefined ? null : (device?.serial_number ?? null));
  return {
    deviceId: values.deviceId ?? null,
    mac: values.macAddress ?? null,
    serial: serial === null ? null : serialKeyOf(values.manufacturer ?? device?.manufacturer ?? "", serial),
  };
}

async function ownersOf(db: Database | Transaction, claims: readonly Claims[]) {
  const macs = claims.flatMap(({ mac }) => mac ?? []);
  const serials = claims.flatMap(({ serial }) => serial ?? []);
  if (macs.length + serials.length === 0) return new Map<string, never>();
  const found = await findOwners(db, macs, serials);
  return new Map(found.map((owner) => [owner.serial_key === null ? `mac:${owner.mac_address}` : `serial:${owner.serial_key}`, owner]));
}

/** The first row that claims each ID, MAC address and serial number: among these rows and those staged already. */
async function firstClaims(
  db: Database | Transaction,
  importId: string,
  rows: readonly { rowNo: number; claims: Claims }[],
): Promise<Map<string, number>> {
  const keysOf = ({ deviceId, mac, serial }: Claims) => [
    ...(deviceId === null ? [] : [`id:${deviceId}`]),
    ...(mac === null ? [] : [`mac:${mac}`]),
    ...(serial === null ? [] : [`serial:${serial}`]),
  ];
  const wanted = (kind: string) =>
    [...new Set(rows.flatMap(({ claims }) => keysOf(claims)))].flatMap((key) => (key.startsWith(kind) ? [key.slice(kind.length)] : []));
  const staged = await db.$queryRaw<{ key: string; first: number }[]>`
    SELECT 'id:' || device_id AS key, min(row_no) AS first FROM import_row
    WHERE import_id = ${importId}::uuid AND device_id = ANY(${wanted("id:")}::text[]) GROUP BY device_id
    UNION ALL SELECT 'mac:' || mac_address, min(row_no) FROM import_row
    WHERE import_id = ${importId}::uuid AND mac_address = ANY(${wanted("mac:")}::text[]) GROUP BY mac_address
    UNION ALL SELECT 'serial:' || serial_key, min(row_no) FROM import_row
    WHERE import_id = ${importId}::uuid AND serial_key = ANY(${wanted("serial:")}::text[]) GROUP BY serial_key`;
  const first = new Map(staged.map((row) => [row.key, row.first]));
  for (const { rowNo, claims } of rows) {
    for (const key of keysOf(claims)) first.set(key, Math.min(rowNo, first.get(key) ?? rowNo));
  }
  return first;
}

function toJudgedRow(row: PickedRow, claims: Claims, judgement: Judgement, device: ExistingDevice | undefined): JudgedRow {
  const { verdict } = judgement;
  return {
    row_no: row.rowNo,
    line: row.line,
    cells: row.cells,
    surplus_cells: row.surplusCells,
    device_id: claims.deviceId,
    mac_address: claims.mac,
    serial_key: claims.serial,
    verdict,
    device_key: verdict === "update" ? (device?.id ?? null) : null,
    version: verdict === "update" ? (device?.version ?? null) : null,
    values: verdict === "create" ? judgement.values : verdict === "update" ? judgement.patch : null,
    former: verdict === "update" ? judgement.former : null,
    changes: verdict === "update" ? judgement.changes : null,
    issues: verdict === "error" ? judgement.issues : null,
    reason: verdict === "skip" ? judgement.reason : null,
    farm_id: verdict === "create" ? judgement.values.farm_id : verdict === "update" ? (device?.farm_id ?? null) : null,
  };
}
