import type { DeviceType } from "../devices/device-type";
import { joinRefusal } from "../groups/policy";
import type { ChangeableKey, DevicePatch, ExistingDevice } from "./device-values";
import type { ChangedField } from "./change-label";
import { type Issue, type RowValues, short } from "./read-cells";
import type { ImportGroup, ImportRules } from "./rules";

/** Which column of a file a value of a device comes from. */
export const FIELD_OF_VALUE: Record<ChangeableKey, ChangedField> = {
  name: "name",
  manufacturer: "manufacturer",
  model: "model",
  serial_number: "serial_number",
  mac_address: "mac_address",
  location: "location",
  group_id: "group",
  power_source: "power_source",
  connection_type: "connection_type",
  last_calibration_date: "last_calibration_date",
  calibration_certificate: "calibration_certificate",
  calibration_deviation: "calibration_deviation",
  calibration_interval_days: "calibration_interval_days",
  next_maintenance_date: "next_maintenance_date",
  maintenance_notes: "maintenance_notes",
  tag_ids: "tags",
};

interface Target {
  farmId: string;
  type: DeviceType;
  /** The day on the farm. */
  today: string;
}

/** What the filled-in cells say about a device, as values of its row; what they cannot say becomes an issue. */
export function patchOf(
  given: RowValues,
  device: ExistingDevice | undefined,
  target: Target,
  rules: ImportRules,
  issues: Issue[],
): DevicePatch {
  const patch: DevicePatch = {};
  if (given.name !== undefined) patch.name = given.name;
  if (given.manufacturer !== undefined) patch.manufacturer = given.manufacturer;
  if (given.model !== undefined) patch.model = given.model;
  if (given.serialNumber !== undefined) patch.serial_number = given.serialNumber;
  if (given.macAddress !== undefined) patch.mac_address = given.macAddress;
  if (given.location !== undefined) patch.location = given.location;
  if (given.powerSource !== undefined) patch.power_source = given.powerSource;
  if (given.connectionType !== undefined) patch.connection_type = given.connectionType;
  if (given.calibrationIntervalDays !== undefined) patch.calibration_interval_days = given.calibrationIntervalDays;
  if (given.nextMaintenanceDate !== undefined) patch.next_maintenance_date = given.nextMaintenanceDate;
  if (given.maintenanceNotes !== undefined) patch.maintenance_notes = given.maintenanceNotes;
  putCalibration(patch, given, device, target, issues);
  if (given.group !== undefined) putGroup(patch, given.group, device, target, rules, issues);
  if (given.tags !== undefined) putTags(patch, given.tags, rules, issues);
  return patch;
}

/** A certificate belongs to its calibration: another day without one leaves none behind. */
function putCalibration(
  patch: DevicePatch,
  given: RowValues,
  device: ExistingDevice | undefined,
  { today }: Target,
  issues: Issue[],
): void {
  const { lastCalibrationDate: day, calibrationCertificate: certificate } = given;
  const current = device?.last_calibration_date ?? null;
  if (certificate !== undefined) {
    patch.calibration_certificate = certificate;
    if (day === undefined && current === null)
      issues.push({
        field: "calibration_certificate",
        reason: "A certificate without a calibration",
        mend: "Fill in the day of the last calibration",
      });
  }
  if (day === undefined || day === current) return;
  if (day > today)
    issues.push({ field: "last_calibration_date", reason: `${day} is still to come`, mend: "Give the day on which it was calibrated" });
  else if (current !== null && day < current)
    issues.push({
      field: "last_calibration_date",
      reason: `It was last calibrated on ${current}, which is later`,
      mend: "Empty the cell, or correct the record on the device’s page",
    });
  patch.last_calibration_date = day;
  patch.calibration_certificate = certificate ?? null;
  patch.calibration_deviation = null;
}

function putGroup(
  patch: DevicePatch,
  name: string,
  device: ExistingDevice | undefined,
  target: Target,
  rules: ImportRules,
  issues: Issue[],
): void {
  const found = groupsNamed(name, target, rules);
  const [group] = found;
  if (!group) {
    issues.push({
      field: "group",
      reason: `There is no group “${short(name)}” on your farms`,
      mend: "Correct its code, or add the group first",
    });
    return;
  }
  if (found.length > 1) {
    issues.push({
      field: "group",
      reason: `${found.length} groups are called “${short(name)}”`,
      mend: `Give the code, for example ${group.code}`,
    });
    return;
  }
  // Whoever is in a group stays there, also in one that takes no new devices.
  const refusal = group.id === device?.group_id ? undefined : joinRefusal(group, target);
  if (refusal) issues.push({ field: "group", reason: refusal, mend: "Choose another group, or empty the cell" });
  patch.group_id = group.id;
}

/** By code; else by name, those of the device's own farm and of all farms. */
function groupsNamed(name: string, { farmId }: Target, { groups }: ImportRules): readonly ImportGroup[] {
  const key = name.toLowerCase();
  const found = groups.get(key) ?? [];
  const coded = found.filter((group) => group.code.toLowerCase() === key);
  if (coded.length > 0) return coded;
  const near = found.filter((group) => group.farmId === null || group.farmId === farmId);
  return near.length > 0 ? near : found;
}

function putTags(patch: DevicePatch, names: readonly string[], { tags }: ImportRules, issues: Issue[]): void {
  const unknown = names.filter((name) => !tags.has(name.toLowerCase()));
  if (unknown.length > 0) {
    issues.push({
      field: "tags",
      reason: `There is no tag “${short(unknown.join(", "))}”`,
      mend: "Correct it, or add the tag in the settings first",
    });
    return;
  }
  patch.tag_ids = [...new Set(names.flatMap((name) => tags.get(name.toLowerCase())?.id ?? []))].sort();
}
