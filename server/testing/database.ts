import { randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { openDatabase, type Database } from "@/server/db/client";
import { serveEmbeddedDatabase } from "@/server/db/embedded/serve";
import { runOnServer, urlOfDatabase, type DatabaseSource } from "./global-setup";

export interface ServedDatabase {
  url: string;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
}

/** The embedded server takes ten connections at once; what a test opens besides must fit in. */
const POOL_SIZE = 5;
/** Tests crowd at the door on purpose, and their machines are busy. */
const PATIENCE_MS = 25_000;

/** Gives a test file a migrated database of its own; the code under test finds it as DATABASE_URL as well. */
export function useTestDatabase(): TestDatabase {
  let served: ServedDatabase | undefined;
  let db: Database | undefined;
  beforeAll(async () => {
    served = await serveMigrated();
    process.env.DATABASE_URL = served.url;
    db = openDatabase({ url: served.url, poolSize: POOL_SIZE, patienceMs: PATIENCE_MS });
  });
  afterAll(async () => {
    await db?.$disconnect();
    await (globalThis as { smartDairyDatabase?: Database }).smartDairyDatabase?.$disconnect();
    await served?.stop();
  });
  return {
    get db() {
      return db ?? missing();
    },
    get url() {
      return served?.url ?? missing();
    },
  };
}

/** A migrated database: a copy of the run's snapshot, or of its template on a real server. */
export function serveMigrated(): Promise<ServedDatabase> {
  const source = inject("databaseSource");
  return source.kind === "embedded" ? serveEmbedded(source.snapshotFile) : createOnServer(source, source.template);
}

/** A database without any table. */
export function serveEmpty(): Promise<ServedDatabase> {
  const source = inject("databaseSource");
  return source.kind === "embedded" ? serveEmbedded() : createOnServer(source, "template0");
}

async function serveEmbedded(snapshotFile?: string): Promise<ServedDatabase> {
  const socketFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-test-"));
  const server = await serveEmbeddedDatabase({ socketFolder, snapshot: snapshotFile ? await openAsBlob(snapshotFile) : undefined });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

async function createOnServer({ url }: Extract<DatabaseSource, { kind: "server" }>, template: string): Promise<ServedDatabase> {
  const name = `smart_dairy_test_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: urlOfDatabase(url, name), stop: () => runOnServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

function missing(): never {
  throw new Error("The test database is there between beforeAll and afterAll only");
}
