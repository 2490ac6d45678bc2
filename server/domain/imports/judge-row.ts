import { DEVICE_TYPE_FACTS, deviceTypeOfPrefix } from "../devices/device-type";
import type { ChangedField } from "./change-label";
import { describeValue } from "./describe-value";
import { type DevicePatch, type DeviceValues, type ExistingDevice, sameValue, UNSAID } from "./device-values";
import { IMPORT_FIELDS, type ImportField } from "./fields";
import { FIELD_OF_VALUE, patchOf } from "./patch";
import { type Issue, type ReadRow, type RowValues, short } from "./read-cells";
import type { ImportFarm, ImportRules, Owner, RowFacts } from "./rules";

export interface CellChange {
  field: ChangedField;
  /** For people; `null` = empty. */
  before: string | null;
  after: string | null;
}

export type Judgement =
  | { verdict: "create"; values: DeviceValues }
  | { verdict: "update"; patch: DevicePatch; former: DevicePatch; changes: CellChange[] }
  | { verdict: "unchanged" }
  | { verdict: "skip"; reason: string }
  | { verdict: "error"; issues: Issue[] };

/**
 * What becomes of one row (DESIGN 8). Empty cells say nothing. In order: a row without a right ID is an error; a row
 * that the mode leaves out is left out, whatever else it holds; any issue makes it an error; else it is written.
 */
export function judgeRow(row: ReadRow, facts: RowFacts, rules: ImportRules): Judgement {
  const { deviceId } = row.values;
  if (deviceId === undefined) return { verdict: "error", issues: withoutId(row) };
  const { existing } = facts;
  const known = existing === "hidden" ? undefined : existing;
  if (rules.mode === "create" && known) return { verdict: "skip", reason: "Is registered already" };
  if (rules.mode === "update" && !known) return { verdict: "skip", reason: "Is not registered on your farms" };
  const issues = [...row.issues, ...doublesOf(facts), ...(existing === "hidden" ? [takenElsewhere(deviceId)] : [])];
  return known ? judgeUpdate(row.values, known, { issues, facts, rules }) : judgeCreate(row.values, { issues, facts, rules });
}

interface Judging {
  issues: Issue[];
  facts: RowFacts;
  rules: ImportRules;
}

function judgeCreate(given: RowValues, { issues, facts, rules }: Judging): Judgement {
  const isWrong = (field: ImportField) => issues.some((issue) => issue.field === field);
  if (given.name === undefined && !isWrong("name"))
    issues.push({ field: "name", reason: "A new device needs a name", mend: "Fill in the name" });
  if (given.type === undefined && !isWrong("device_type")) issues.push(withoutType(given.deviceId ?? ""));
  const farm = farmOf(given, rules, issues);
  if (given.type === undefined || given.name === undefined || !farm) return { verdict: "error", issues };
  const target = { farmId: farm.id, type: given.type, today: farm.today };
  const patch = patchOf(given, undefined, target, rules, issues);
  issues.push(...ownersOf(facts, { mac: patch.mac_address, serial: patch.serial_number }));
  if (issues.length > 0) return { verdict: "error", issues };
  return { verdict: "create", values: { ...UNSAID, ...patch, name: given.name, type: given.type, farm_id: farm.id } };
}

function judgeUpdate(given: RowValues, device: ExistingDevice, { issues, facts, rules }: Judging): Judgement {
  const farm = rules.farmsById.get(device.farm_id);
  if (device.lifecycle === "decommissioned")
    issues.push({
      field: "device_id",
      reason: `${device.device_id} is decommissioned`,
      mend: "Take the row out, or give a new device an ID of its own",
    });
  if (!farm?.mayEdit)
    issues.push({
      field: "device_id",
      reason: "Your role on its farm does not allow changes",
      mend: "Ask a farm manager, or take the row out",
    });
  if (given.type !== undefined && given.type !== device.type)
    issues.push({
      field: "device_type",
      reason: `${device.device_id} is a ${DEVICE_TYPE_FACTS[device.type].label.toLowerCase()}; a device keeps its type`,
      mend: "Empty the cell, or correct the ID",
    });
  if (given.farmCode !== undefined && rules.farms.get(given.farmCode)?.id !== device.farm_id)
    issues.push({
      field: "farm_code",
      reason: `${device.device_id} is on farm ${farm?.code ?? "of its own"}; an import moves no device`,
      mend: "Empty the cell, or correct the ID",
    });
  const target = { farmId: device.farm_id, type: device.type, today: farm?.today ?? "" };
  const wanted = patchOf(given, device, target, rules, issues);
  const keys = (Object.keys(wanted) as (keyof DevicePatch)[]).filter((key) => !sameValue(wanted[key], device[key]));
  const changed = (key: keyof DevicePatch) => keys.includes(key);
  issues.push(
    ...ownersOf(facts, {
      mac: changed("mac_address") ? wanted.mac_address : null,
      serial: changed("serial_number") || changed("manufacturer") ? (wanted.serial_number ?? device.serial_number) : null,
    }),
  );
  if (issues.length > 0) return { verdict: "error", issues };
  if (keys.length === 0) return { verdict: "unchanged" };
  const pick = (source: DevicePatch) => Object.fromEntries(keys.map((key) => [key, source[key]])) as DevicePatch;
  const changes = keys.map((key) => ({
    field: FIELD_OF_VALUE[key],
    before: describeValue(key, device[key], rules.names),
    after: describeValue(key, wanted[key] ?? null, rules.names),
  }));
  return { verdict: "update", patch: pick(wanted), former: pick(device), changes: changes.sort(byField) };
}

function byField(a: CellChange, b: CellChange): number {
  const rank = ({ field }: CellChange) =>
    IMPORT_FIELDS.findIndex((known) => known === (field === "calibration_deviation" ? "calibration_certificate" : field));
  return rank(a) - rank(b);
}

function withoutId(row: ReadRow): Issue[] {
  const isSaid = row.issues.some(({ field }) => field === "device_id");
  return isSaid
    ? row.issues
    : [{ field: "device_id", reason: "The row has no device ID", mend: "Give it one, for example MM101" }, ...row.issues];
}

function withoutType(deviceId: string): Issue {
  const type = deviceTypeOfPrefix(deviceId);
  return {
    field: "device_type",
    reason: "A new device needs a type",
    mend: type ? `Fill in the type; the ID sounds like ${type}` : "Fill in the type",
  };
}

function farmOf(given: RowValues, rules: ImportRules, issues: Issue[]): ImportFarm | undefined {
  const farm = given.farmCode === undefined ? rules.defaultFarm : rules.farms.get(given.farmCode);
  if (!farm) {
    issues.push(
      given.farmCode === undefined
        ? { field: "farm_code", reason: "The row names no farm", mend: "Fill in the farm’s code, or choose a default farm" }
        : {
            field: "farm_code",
            reason: `There is no farm “${short(given.farmCode)}” among yours`,
            mend: "Correct the code, or empty the cell for the default farm",
          },
    );
    return undefined;
  }
  if (!farm.mayProvision)
    issues.push({
      field: "farm_code",
      reason: `Your role on farm ${farm.code} does not allow new devices`,
      mend: "Ask a farm manager, or take the row out",
    });
  return farm;
}

function takenElsewhere(deviceId: string): Issue {
  return { field: "device_id", reason: `${deviceId} is in use on another farm`, mend: "Choose another ID" };
}

function doublesOf({ earlier }: RowFacts): Issue[] {
  const double = (field: ImportField, what: string, row: number | undefined): Issue[] =>
    row === undefined
      ? []
      : [{ field, reason: `Row ${row.toLocaleString("en")} has the same ${what}`, mend: "Keep one of the two rows, or correct it" }];
  return [
    ...double("device_id", "device ID", earlier.deviceId),
    ...double("mac_address", "MAC address", earlier.mac),
    ...double("serial_number", "manufacturer and serial number", earlier.serial),
  ];
}

function ownersOf(
  { macOwner, serialOwner }: RowFacts,
  wanted: { mac: string | null | undefined; serial: string | null | undefined },
): Issue[] {
  const taken = (field: ImportField, what: string, owner: Owner | undefined): Issue[] =>
    owner
      ? [
          {
            field,
            reason: `This ${what} belongs to ${owner.deviceId ?? "a device on another farm"}`,
            mend: "Correct it, or empty the cell",
          },
        ]
      : [];
  return [
    ...(wanted.mac ? taken("mac_address", "MAC address", macOwner) : []),
    ...(wanted.serial ? taken("serial_number", "serial number", serialOwner) : []),
  ];
}
