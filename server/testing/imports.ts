import { beforeEach } from "vitest";
import type { UserActor } from "@/server/actor";
import type { Database } from "@/server/db/client";
import { matchColumns } from "@/server/domain/imports/match-columns";
import { checkImport } from "@/server/services/imports/check-import";
import { commitImport } from "@/server/services/imports/commit-import";
import { getImport } from "@/server/services/imports/get-import";
import { type ImportRowView, listImportRows } from "@/server/services/imports/list-rows";
import { receiveFile } from "@/server/services/imports/receive-file";
import { undoImport } from "@/server/services/imports/undo-import";
import type { ImportView } from "@/server/services/imports/views";
import { workOnImports } from "@/server/services/imports/work-on-imports";
import { actorWith, contextOf, type Role, testFarm } from "./builders";
import { useDataFolder } from "./data-folder";
import type { TestDatabase } from "./database";

export const HEADER = "device_id,name,device_type,serial_number,mac_address,group,tags\n";

/** Rows of so many new devices. */
export const meters = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `MM${String(index + from).padStart(5, "0")},Stall ${index + from},milk_meter`).join("\n");

/** Somebody whose rights the database knows too: an import goes on after its request. */
export async function importer(db: Database, role: Role, ...farmIds: string[]): Promise<UserActor> {
  const actor = actorWith(role, ...farmIds);
  const { userId: id, name, email, isAdmin } = actor;
  const memberships = role === "admin" ? [] : farmIds.map((farmId) => ({ farmId, role }));
  await db.user.create({ data: { id, name, email, isAdmin, memberships: { create: memberships } } });
  return actor;
}

export async function* inPieces(content: string | Uint8Array, bytes = 8_192): AsyncGenerator<Uint8Array> {
  const whole = typeof content === "string" ? Buffer.from(content) : content;
  for (let at = 0; at < whole.length; at += bytes) yield await Promise.resolve(whole.subarray(at, at + bytes));
}

/** Gives each test of a file a farm without devices, and somebody there at the desk. */
export function useImportDesk(database: TestDatabase, role: Role) {
  const dataFolder = useDataFolder();
  const farm = { id: "", code: "" };
  const desk = new ImportDesk(database, actorWith(role));
  const settings = {
    get defaultFarmId() {
      return farm.id;
    },
  };
  beforeEach(async () => {
    const { db } = database;
    await db.device.deleteMany();
    await db.deviceIdBlock.deleteMany();
    await db.importJob.deleteMany();
    Object.assign(farm, await testFarm(db));
    desk.actor = await importer(db, role, farm.id);
  });
  return { dataFolder, farm, desk, settings };
}

/** An import from the side of one person. */
export class ImportDesk {
  actor: UserActor;
  readonly #database: TestDatabase;

  constructor(database: TestDatabase, actor: UserActor) {
    this.#database = database;
    this.actor = actor;
  }

  get db(): Database {
    return this.#database.db;
  }

  get ctx() {
    return contextOf(this.db, this.actor);
  }

  receive(content: string | Uint8Array, fileName = "devices.csv"): Promise<ImportView> {
    return receiveFile({ ctx: this.ctx, input: { fileName }, chunks: inPieces(content) });
  }

  /** Up to the finished check. */
  async preview(content: string | Uint8Array, settings: Record<string, unknown> = {}): Promise<ImportView> {
    const { id, header } = await this.receive(content);
    await checkImport({ ctx: this.ctx, input: { id, mapping: matchColumns(header), ...settings } });
    await workOnImports(this.db);
    return this.get(id);
  }

  /** All of it. */
  async run(content: string | Uint8Array, settings: Record<string, unknown> = {}): Promise<ImportView> {
    const { id, previewHash } = await this.preview(content, settings);
    await commitImport({ ctx: this.ctx, input: { id, previewHash } });
    await workOnImports(this.db);
    return this.get(id);
  }

  async undo(id: string): Promise<ImportView> {
    await undoImport({ ctx: this.ctx, input: { id } });
    await workOnImports(this.db);
    return this.get(id);
  }

  get(id: string): Promise<ImportView> {
    return getImport({ ctx: this.ctx, input: { id } });
  }

  async rows(id: string): Promise<ImportRowView[]> {
    return (await listImportRows({ ctx: this.ctx, input: { id, limit: 500 } })).rows;
  }
}
