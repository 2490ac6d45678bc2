import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import * as tar from "tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/server/db/client";
import { chooseSocketFolder, socketUrl } from "@/server/db/embedded/serve";
import { migrate } from "@/server/db/migrate";
import { recordAudit } from "@/server/services/audit/record-audit";
import { verifyAudit } from "@/server/services/audit/verify-audit";
import { seedDemo } from "@/server/services/demo/seed-demo";
import { actorWith, contextOf } from "@/server/testing/builders";
import { packSnapshot, unpackBackup } from "./backup-archive";
import { lockDataFolder } from "./data-lock";
import { loadOrCreateSecrets } from "./secrets";

let work: string;
let dataFolder: string;
let running: Running;

interface Running {
  db: Database;
  url: string;
  stop(): Promise<void>;
}

/** The database process as the supervisor starts it, with the lock held as the supervisor holds it. */
async function startDatabase(folder: string): Promise<Running> {
  const lock = await lockDataFolder(folder);
  const socketFolder = await chooseSocketFolder(folder);
  const child = spawn(process.execPath, ["--import", "tsx", "server/processes/database.ts"], {
    env: { ...process.env, DATA_DIR: folder, DATABASE_SOCKET_FOLDER: socketFolder, DATABASE_URL: socketUrl(socketFolder) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  const url = socketUrl(socketFolder);
  const db = openDatabase({ url, poolSize: 3, patienceMs: 25_000 });
  return { db, url, stop: () => stopDatabase(child, db, lock) };
}

async function stopDatabase(child: ChildProcess, db: Database, lock: { release(): Promise<void> }): Promise<void> {
  await db.$disconnect();
  const exited = once(child, "exit");
  child.send("stop");
  await exited;
  await lock.release();
}

async function run(command: "backup" | "restore", folder: string, ...args: string[]): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", `server/processes/${command}.ts`, ...args], {
    env: { ...process.env, DATA_DIR: folder, DATABASE_URL: "" },
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out += String(data)));
  const [code] = (await once(child, "close")) as [number];
  return { code, out };
}

/** Rows and a hash of each table's content. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    );
    const content: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: sums } = await client.query<{ sum: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM ${name} t`,
      );
      content[name] = sums[0]!.sum;
    }
    return content;
  } finally {
    await client.end();
  }
}

async function filesOf(folder: string, store: string): Promise<Record<string, string>> {
  const entries = await readdir(path.join(folder, store), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".part")).map((entry) => entry.name);
  const hash = async (name: string) =>
    createHash("sha256")
      .update(await readFile(path.join(folder, store, name)))
      .digest("hex");
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)]))) as Record<string, string>;
}

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), "sd-backup-"));
  dataFolder = path.join(work, "data");
  await mkdir(dataFolder);
  await loadOrCreateSecrets(dataFolder);
  running = await startDatabase(dataFolder);
  await migrate(running.url, "prisma/migrations");
  await seedDemo(running.db, new Date(), dataFolder);
  await writeFile(path.join(dataFolder, "firmware", `${randomUUID()}.part`), "an upload under way");
  await mkdir(path.join(dataFolder, "imports"));
  await writeFile(path.join(dataFolder, "imports", `${"ab".repeat(32)}.csv`), "device_id,name\r\n");
}, 120_000);

afterAll(async () => {
  await running.stop();
  await rm(work, { recursive: true, force: true });
});

describe("a backup of a running installation", { timeout: 120_000 }, () => {
  test("restored into an empty folder and started, is the same to the last row and file", async () => {
    const file = path.join(work, "still.tar.gz");
    const before = await contentOf(running.url);
    expect(Object.keys(before).length).toBeGreaterThan(40);
    expect(Number(before.device?.split(" ")[0])).toBeGreaterThan(20);
    expect(await run("backup", dataFolder, file)).toMatchObject({ code: 0, out: expect.stringContaining("Backed up") as string });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(dataFolder)).filter((name) => name.startsWith("snapshot-"))).toEqual([]);

    const target = path.join(work, "restored");
    expect(await run("restore", target, file)).toMatchObject({ code: 0, out: expect.stringContaining(`to ${target}`) as string });
    expect((await stat(target)).mode & 0o777).toBe(0o700);
    expect(await readFile(path.join(target, "secrets.json"), "utf8")).toBe(await readFile(path.join(dataFolder, "secrets.json"), "utf8"));
    for (const store of ["firmware", "imports"]) expect(await filesOf(target, store)).toEqual(await filesOf(dataFolder, store));
    expect((await readdir(path.join(target, "firmware"))).filter((name) => name.endsWith(".part"))).toEqual([]);
    const restored = await startDatabase(target);
    try {
      expect(await contentOf(restored.url)).toEqual(before);
      expect(await migrate(restored.url, "prisma/migrations")).toEqual([]);
      await restored.db.farm.create({ data: { code: "NEW", name: "New", timeZone: "Europe/Berlin" } });
    } finally {
      await restored.stop();
    }
  });

  test("while others write is of one moment: no transaction is torn, and the audit chains fit", async () => {
    const file = path.join(work, "busy.tar.gz");
    const state = { done: false, written: 0 };
    const writer = async (who: number) => {
      while (!state.done) {
        // Two rows that belong together, and an event about them.
        const code = `W${who}X${state.written++}`;
        await running.db.$transaction(async (tx) => {
          const { id } = await tx.farm.create({ data: { code, name: code, timeZone: "Europe/Berlin" } });
          await tx.deviceGroup.create({ data: { code, name: code, farmId: id } });
          await recordAudit(tx, contextOf(running.db, actorWith("admin")), [
            { action: "farm.created", subjectType: "farm", subjectId: code, farmId: null },
          ]);
        });
      }
    };
    const writers = [writer(1), writer(2)];
    const atStart = state.written;
    expect(await run("backup", dataFolder, file)).toMatchObject({ code: 0 });
    expect(state.written).toBeGreaterThan(atStart);
    state.done = true;
    await Promise.all(writers);

    const target = path.join(work, "restored-busy");
    expect(await run("restore", target, file)).toMatchObject({ code: 0 });
    const restored = await startDatabase(target);
    try {
      const farms = await restored.db.farm.findMany({
        where: { code: { startsWith: "W" } },
        select: { code: true, groups: { select: { name: true } } },
      });
      expect(farms.length).toBeGreaterThan(0);
      expect(farms.filter(({ code, groups }) => groups[0]?.name !== code)).toEqual([]);
      expect(await restored.db.auditEvent.count({ where: { action: "farm.created", subjectId: { startsWith: "W" } } })).toBe(farms.length);
      expect((await verifyAudit(restored.db)).findings).toEqual([]);
    } finally {
      await restored.stop();
    }
  });

  test("waits for an open transaction instead of tearing it", async () => {
    const client = new pg.Client({ connectionString: running.url });
    await client.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO farm (id, code, name, time_zone, updated_at) VALUES (gen_random_uuid(), 'OPEN', 'Open', 'UTC', now())");
    const file = path.join(work, "open.tar.gz");
    let ended = false;
    const backup = run("backup", dataFolder, file).then((result) => ((ended = true), result));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(ended).toBe(false);
    await client.query("COMMIT");
    await client.end();
    expect(await backup).toMatchObject({ code: 0 });
  });

  test("never replaces a file, and cleans up after itself", async () => {
    const file = path.join(work, "taken.tar.gz");
    await writeFile(file, "mine");
    expect(await run("backup", dataFolder, file)).toMatchObject({ code: 1, out: expect.stringContaining("exists already") as string });
    expect(await readFile(file, "utf8")).toBe("mine");
    expect((await readdir(dataFolder)).filter((name) => name.startsWith("snapshot-"))).toEqual([]);
  });
});

describe("a restore", { timeout: 120_000 }, () => {
  let good: string;
  let small: string;

  beforeAll(async () => {
    // The damaged ones need not hold much.
    small = path.join(work, "small.tar.gz");
    const snapshot = path.join(work, "small");
    await mkdir(path.join(snapshot, "postgres", "empty"), { recursive: true });
    await writeFile(path.join(snapshot, "postgres", "PG_VERSION"), "17");
    await writeFile(path.join(snapshot, "postgres", "data"), randomBytes(5_000));
    await writeFile(path.join(snapshot, "secrets.json"), "{}");
    await packSnapshot(snapshot, small, "1.0.0");
    await unpackBackup(small, path.join(work, "small-again"));
    expect(await readdir(path.join(work, "small-again", "postgres"))).toEqual(["PG_VERSION", "data", "empty"]);
    good = path.join(work, "good.tar.gz");
    expect(await run("backup", dataFolder, good)).toMatchObject({ code: 0 });
  }, 60_000);

  test("refuses a folder that is not empty, and one that is in use; with --force it moves aside what was there", async () => {
    const target = path.join(work, "taken");
    await mkdir(target);
    await writeFile(path.join(target, "precious"), "data");
    expect(await run("restore", target, good)).toMatchObject({ code: 1, out: expect.stringContaining("is not empty") as string });
    expect(await readdir(target)).toEqual(["precious"]);
    expect(await run("restore", dataFolder, "--force", good)).toMatchObject({
      code: 1,
      out: expect.stringContaining("already running") as string,
    });
    const forced = await run("restore", target, "--force", good);
    expect(forced.code).toBe(0);
    const former = /What was there is in (\S+);/.exec(forced.out)?.[1] ?? "";
    expect(await readFile(path.join(former, "precious"), "utf8")).toBe("data");
    expect(await readdir(target)).toEqual(expect.arrayContaining(["postgres", "secrets.json", "firmware"]));
  });

  const damages: [string, (file: string) => Promise<void>, string][] = [
    ["a file that is not there", (file) => rm(file), "is not there"],
    ["an empty file", (file) => writeFile(file, ""), "is not a backup"],
    ["what is no archive", (file) => writeFile(file, "x".repeat(5_000)), "is damaged or is not a backup"],
    ["a file that ends too early", async (file) => writeFile(file, (await readFile(file)).subarray(0, -500)), "is damaged"],
    [
      "a file with a wrong byte",
      async (file) => {
        const bytes = await readFile(file);
        bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
        await writeFile(file, bytes);
      },
      "is damaged",
    ],
    [
      "a changed file inside",
      (file) => repack(file, (folder) => writeFile(path.join(folder, "secrets.json"), "[]")),
      "secrets.json has another checksum",
    ],
    ["a missing file inside", (file) => repack(file, (folder) => rm(path.join(folder, "secrets.json"))), "secrets.json is missing"],
    ["a stranger's file inside", (file) => repack(file, (folder) => writeFile(path.join(folder, "evil"), "x")), "evil is not on its list"],
    ["an archive of something else", (file) => repack(file, (folder) => rm(path.join(folder, "manifest.json"))), "has no manifest.json"],
  ];

  test.each(damages)("says what is wrong with %s", async (_, damage, message) => {
    const file = path.join(work, `${randomUUID()}.tar.gz`);
    await copyFile(small, file);
    await damage(file);
    await expect(unpackBackup(file, path.join(work, randomUUID()))).rejects.toThrow(message);
  });

  test("touches nothing when the file is damaged, whatever is forced", async () => {
    const file = path.join(work, "short.tar.gz");
    await writeFile(file, (await readFile(good)).subarray(0, -20_000));
    const target = path.join(work, "untouched");
    await mkdir(target);
    await writeFile(path.join(target, "precious"), "data");
    expect(await run("restore", target, "--force", file)).toMatchObject({ code: 1, out: expect.stringContaining("is damaged") as string });
    expect(await readdir(target)).toEqual(["precious"]);
    expect((await readdir(work)).filter((name) => name.startsWith("untouched."))).toEqual([]);
  });

  async function repack(file: string, change: (folder: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(path.join(work, "repack-"));
    await tar.extract({ file, cwd: folder });
    await change(folder);
    await tar.create({ gzip: true, file, cwd: folder }, await readdir(folder));
  }
});

describe("a backup of a stopped installation", { timeout: 120_000 }, () => {
  test("is taken from the folder itself; what a killed backup left is removed", async () => {
    const target = path.join(work, "restored");
    const again = path.join(work, "again.tar.gz");
    await mkdir(path.join(target, "snapshot-1-1"));
    expect(await run("backup", target, again)).toMatchObject({ code: 0 });
    expect((await readdir(target)).filter((name) => /^(snapshot|lock)/.test(name))).toEqual([]);
    const copy = path.join(work, "copy");
    await unpackBackup(again, copy);
    for (const folder of ["postgres/base/1", "postgres/global", "postgres/pg_wal", "firmware"])
      expect(await filesOf(copy, folder)).toEqual(await filesOf(target, folder));
  });

  test("there is none, or it is not ours to back up", async () => {
    expect(await run("backup", path.join(work, "nowhere"))).toMatchObject({
      code: 1,
      out: expect.stringContaining("There is no installation") as string,
    });
    expect(await run("restore", path.join(work, "nowhere"))).toMatchObject({
      code: 1,
      out: expect.stringContaining("Name the file") as string,
    });
  });
});
