import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { serveEmbeddedDatabase } from "@/server/db/embedded/serve";
import { migrate } from "@/server/db/migrate";

/** How a test file gets its migrated database (server/testing/database.ts). */
export type DatabaseSource = { kind: "embedded"; snapshotFile: string } | { kind: "server"; url: string; template: string };

declare module "vitest" {
  export interface ProvidedContext {
    databaseSource: DatabaseSource;
  }
}

const MIGRATIONS = "prisma/migrations";

/** Applies the migrations once per run: to a snapshot of the embedded database, or to a template on a real server. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  return url ? setUpTemplate(project, url) : setUpSnapshot(project);
}

async function setUpSnapshot(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-test-"));
  const dataFolder = path.join(folder, "postgres");
  const server = await serveEmbeddedDatabase({ dataFolder, socketFolder: folder });
  await migrate(server.url, MIGRATIONS);
  await server.stop();
  const migrated = await PGlite.create({ dataDir: dataFolder });
  const snapshot = await migrated.dumpDataDir("none");
  await migrated.close();
  const snapshotFile = path.join(folder, "snapshot.tar");
  await writeFile(snapshotFile, Buffer.from(await snapshot.arrayBuffer()));
  project.provide("databaseSource", { kind: "embedded", snapshotFile });
  return () => rm(folder, { recursive: true, force: true });
}

async function setUpTemplate(project: TestProject, url: string): Promise<() => Promise<void>> {
  const template = `smart_dairy_template_${process.pid}`;
  await runOnServer(url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await runOnServer(url, `CREATE DATABASE ${template}`);
  await migrate(urlOfDatabase(url, template), MIGRATIONS);
  project.provide("databaseSource", { kind: "server", url, template });
  return () => runOnServer(url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
}

/** The same server, another database. */
export function urlOfDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Runs one statement that needs a connection of its own, such as CREATE DATABASE. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
