import { MAX_FIELD_DEVICES } from "@/server/domain/scan/field-pack";
import type { FieldDevice } from "@/server/services/scan/views";
import type { FieldApi, ScannedBy } from "./field-api";
import { announceField, type FieldDatabase, type FieldPack } from "./field-database";

/**
 * Takes along what the person may see: all of it, or nothing changes. At most 5,000 devices; a larger fleet is taken
 * farm by farm.
 * @throws as the calls do
 */
export async function refreshPack(db: FieldDatabase, api: FieldApi, farmId: string | null): Promise<FieldPack> {
  const devices: FieldDevice[] = [];
  let page = await api.pack({ cursor: null, farmId });
  const { viewer, farms, total, at } = page;
  devices.push(...page.devices);
  while (page.nextCursor && devices.length < MAX_FIELD_DEVICES) {
    page = await api.pack({ cursor: page.nextCursor, farmId });
    devices.push(...page.devices);
  }
  const blocks = (await api.blocks()).map(({ id, farm, type, firstId, count }) => ({ id, farmId: farm.id, type, firstId, count }));
  const kept = devices.slice(0, MAX_FIELD_DEVICES);
  const pack: FieldPack = { viewer, farms, farmId, total, deviceCount: kept.length, blocks, at };
  const transaction = db.transaction(["state", "devices"], "readwrite");
  const store = transaction.objectStore("devices");
  const state = transaction.objectStore("state");
  const former = (await state.get("pack")) as FieldPack | undefined;
  // The walk is somebody else's.
  if (former && former.viewer.userId !== viewer.userId) await state.delete("walk");
  await store.clear();
  await Promise.all([...kept.map((device) => store.put(device)), state.put(pack, "pack"), transaction.done]);
  announceField();
  return pack;
}

/** Looks up among what was taken along. Several may bear the same serial number. */
export async function findInPack(db: FieldDatabase, by: ScannedBy): Promise<FieldDevice[]> {
  if ("deviceId" in by) {
    const device = await db.get("devices", by.deviceId);
    return device ? [device] : [];
  }
  if ("macAddress" in by) return db.getAllFromIndex("devices", "macAddress", by.macAddress);
  return db.getAllFromIndex("devices", "serialNumber", by.serialNumber);
}

/** Keeps what the server has just said about one device. */
export async function keepDevice(db: FieldDatabase, device: FieldDevice): Promise<void> {
  await db.put("devices", device);
}
