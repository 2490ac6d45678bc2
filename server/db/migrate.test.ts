import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveEmpty, type ServedDatabase } from "@/server/testing/database";
import { migrate, readMigrations } from "./migrate";
import { diffSchema } from "./schema-diff";

const MIGRATIONS = "prisma/migrations";

let served: ServedDatabase;
let folder: string;

beforeAll(async () => {
  served = await serveEmpty();
  folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-migrations-"));
  await cp(MIGRATIONS, folder, { recursive: true });
});

afterAll(async () => {
  await served.stop();
  await rm(folder, { recursive: true, force: true });
});

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: served.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function migrateInProcess(): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/db/apply-migrations.ts"], {
    env: { ...process.env, DATABASE_URL: served.url },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("exit", (code) => resolve({ code, output })));
}

describe("migrations", () => {
  test("eight processes that start on an empty database apply each migration exactly once", { timeout: 90_000 }, async () => {
    const names = (await readMigrations(MIGRATIONS)).map((migration) => migration.name);
    const runs = await Promise.all(Array.from({ length: 8 }, migrateInProcess));
    expect(runs.filter((run) => run.code !== 0)).toEqual([]);
    for (const name of names) expect(runs.filter((run) => run.output.includes(name))).toHaveLength(1);
    const rows = await query<{ migration_name: string; applied_steps_count: number }>(
      "SELECT migration_name, applied_steps_count FROM _prisma_migrations ORDER BY migration_name",
    );
    expect(rows).toEqual(names.map((name) => ({ migration_name: name, applied_steps_count: 1 })));
  });

  test("agree with the schema", async () => {
    expect(await diffSchema(served.url, "prisma")).toBe("");
  });

  test("a difference between database and schema is seen", async () => {
    await query("ALTER TABLE device DROP COLUMN location");
    expect(await diffSchema(served.url, "prisma")).toContain('ADD COLUMN     "location"');
    await query("ALTER TABLE device ADD COLUMN location TEXT");
  });

  test("a migration that fails leaves nothing behind and is tried again", async () => {
    const broken = path.join(folder, "29990101000000_broken");
    await cp(path.join(folder, (await readMigrations(MIGRATIONS))[0]!.name), broken, { recursive: true });
    await writeFile(path.join(broken, "migration.sql"), "CREATE TABLE half_done (id INT); SELECT 1/0;");
    await expect(migrate(served.url, folder)).rejects.toThrow("division by zero");
    expect(await query("SELECT to_regclass('half_done') AS found")).toEqual([{ found: null }]);
    await writeFile(path.join(broken, "migration.sql"), "CREATE TABLE half_done (id INT);");
    expect(await migrate(served.url, folder)).toEqual(["29990101000000_broken"]);
    expect(await migrate(served.url, folder)).toEqual([]);
  });

  test("a file that was changed after it was applied is refused", async () => {
    const file = path.join(folder, (await readMigrations(MIGRATIONS))[0]!.name, "migration.sql");
    const original = await readFile(file, "utf8");
    await writeFile(file, `${original}\nDROP TABLE device_tag;`);
    await expect(migrate(served.url, folder)).rejects.toThrow(/was applied from a different file/);
    expect(await query("SELECT to_regclass('device_tag')::text AS found")).toEqual([{ found: "device_tag" }]);
  });
});
