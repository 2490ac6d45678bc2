import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { FieldActionInput } from "@/server/domain/scan/action";
import type { FieldConflict } from "@/server/domain/scan/conflict";
import type { Walk } from "@/server/domain/scan/walk";
import type { FieldFarm } from "@/server/services/scan/get-field-pack";
import type { FieldDevice } from "@/server/services/scan/views";

// Shared by the page and the service worker: no React, no DOM.

const NAME = "smart-dairy-field";
const VERSION = 1;
/** Says that something in here changed, to every tab. */
export const FIELD_CHANNEL = "smart-dairy-field";

/** What was done and is not known to have arrived. */
export interface OutboxEntry {
  /** Order of doing; given by the database. */
  seq: number;
  id: string;
  ownerId: string;
  action: FieldActionInput;
  queuedAt: Date;
  state: "waiting" | "conflict" | "failed";
  /** Why the last attempt failed, in words; of a waiting one too. */
  reason: string | null;
  conflict: FieldConflict | null;
}

/** What a tablet took along, but for the devices themselves. */
export interface FieldPack {
  viewer: { userId: string; name: string };
  farms: FieldFarm[];
  /** Only this farm's devices were taken along; `null` = all. */
  farmId: string | null;
  /** Devices there are; fewer may be here. */
  total: number;
  deviceCount: number;
  /** Runs of IDs that only this person gives to new devices. */
  blocks: FieldBlock[];
  at: Date;
}

export interface FieldBlock {
  id: string;
  farmId: string;
  type: DeviceType;
  firstId: string;
  count: number;
}

interface FieldSchema extends DBSchema {
  state: { key: "pack" | "walk"; value: FieldPack | Walk };
  devices: { key: string; value: FieldDevice; indexes: { serialNumber: string; macAddress: string } };
  outbox: { key: number; value: OutboxEntry };
}

export type FieldDatabase = IDBPDatabase<FieldSchema>;

let opening: Promise<FieldDatabase> | undefined;

/** @throws when the browser keeps nothing: storage is switched off */
export function fieldDatabase(): Promise<FieldDatabase> {
  opening ??= openDB<FieldSchema>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("state");
      const devices = db.createObjectStore("devices", { keyPath: "deviceId" });
      devices.createIndex("serialNumber", "serialNumber");
      devices.createIndex("macAddress", "macAddress");
      db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    },
    // Another tab wipes or upgrades: let go, and open anew when needed.
    blocking: forget,
    terminated: forget,
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

function forget(): void {
  const database = opening;
  opening = undefined;
  void database?.then((db) => db.close()).catch(() => undefined);
}

export async function readPack(db: FieldDatabase): Promise<FieldPack | undefined> {
  return (await db.get("state", "pack")) as FieldPack | undefined;
}

export async function readWalk(db: FieldDatabase): Promise<Walk | undefined> {
  return (await db.get("state", "walk")) as Walk | undefined;
}

/** Tells every tab, this one included, that something changed. */
export function announceField(): void {
  const channel = new BroadcastChannel(FIELD_CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Forgets everything of this person: at sign-out. What has not been sent is gone. */
export async function wipeFieldData(): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  forget();
  await deleteDB(NAME).catch(() => undefined);
  announceField();
}
