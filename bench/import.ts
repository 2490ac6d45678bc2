import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { mintFarmScope } from "@/server/auth/mint-farm-scope";
import { openDatabase } from "@/server/db/client";
import { matchColumns } from "@/server/domain/imports/match-columns";
import { benchDatabase } from "./database";
import { copyIn, copyOut } from "./copy-rows";
import { table } from "./measure";

// CSV of new devices, checked, imported and undone, against COPY of the very rows that the import wrote, into the same
// tables with the same indexes, in turn. The embedded database speaks no COPY over its socket: there the bare way is
// INSERT … SELECT from a copy of each table.
const SIZES = (process.env.ROWS ?? "500,10000,100000").split(",").map(Number);
const RUNS = Number(process.env.RUNS ?? 5);
const WITH_PASSWORDS = process.env.PASSWORDS !== "false";
const TABLES = ["device", "device_state", "device_credential", "audit_event"] as const;

const isServer = Boolean(process.env.DATABASE_URL);
const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-bench-imports-"));
process.env.DATA_DIR = dataFolder;
process.env.SESSION_SECRET ??= "session-secret-of-the-bench-0123456789";
process.env.CRON_SECRET ??= "cron-secret-of-the-bench-0123456789";
const database = await benchDatabase();
process.env.DATABASE_URL = database.url;
// They read the environment when they load.
const { checkImport } = await import("@/server/services/imports/check-import");
const { commitImport } = await import("@/server/services/imports/commit-import");
const { receiveFile } = await import("@/server/services/imports/receive-file");
const { undoImport } = await import("@/server/services/imports/undo-import");
const { workOnImports } = await import("@/server/services/imports/work-on-imports");
const db = openDatabase({ url: database.url, poolSize: 2 });
const bare = new pg.Client({ connectionString: database.url });
await bare.connect();
const farm = await db.farm.create({ data: { code: "BENCH", name: "Bench", timeZone: "Europe/Berlin" } });
const person = await db.user.create({ data: { name: "Bench", email: "bench@farm.example", isAdmin: true } });
const ctx = () => ({
  db,
  actor: {
    kind: "user" as const,
    userId: person.id,
    name: person.name,
    email: person.email,
    isAdmin: true,
    scope: mintFarmScope({ isAdmin: true, memberships: [] }),
  },
  now: new Date(),
  requestId: "bench",
});

console.log(`Import on ${database.name}; medians of ${RUNS} runs (of 1 from 100,000 rows on), milliseconds`);
const rows: (string | number)[][] = [];
for (const size of SIZES) rows.push(await measure(size));
console.log(
  table(
    ["rows", "received", "checked", "imported", "rows/s", isServer ? "COPY" : "INSERT", "ratio", "of devices and states alone", "undone"],
    rows,
  ),
);

await bare.end();
await db.$disconnect();
await database.stop();
await rm(dataFolder, { recursive: true, force: true });

async function measure(size: number): Promise<(string | number)[]> {
  const times: Record<"receive" | "check" | "commit" | "copy" | "copyDevices" | "undo", number[]> = {
    receive: [],
    check: [],
    commit: [],
    copy: [],
    copyDevices: [],
    undo: [],
  };
  for (let run = 0; run <= (size >= 100_000 ? 0 : RUNS); run++) {
    const timed = size >= 100_000 || run > 0;
    const note = (name: keyof typeof times, ms: number) => void (timed && times[name].push(ms));
    await clean();
    const { importId, ...phases } = await importOnce(size);
    note("receive", phases.receive);
    note("check", phases.check);
    note("commit", phases.commit);
    const contents = await putAside();
    note("undo", await timeOf(() => undo(importId)));
    await clean();
    note("copy", await timeOf(() => copyTables(contents, TABLES.length)));
    await clean();
    note("copyDevices", await timeOf(() => copyTables(contents, 2)));
  }
  const median = (name: keyof typeof times) => times[name].toSorted((a, b) => a - b)[Math.floor(times[name].length / 2)] ?? 0;
  const [commit, copy] = [median("commit"), median("copy")];
  return [
    size.toLocaleString("en"),
    Math.round(median("receive")),
    Math.round(median("check")),
    Math.round(commit),
    Math.round((size / commit) * 1_000).toLocaleString("en"),
    Math.round(copy),
    (copy / commit).toFixed(2),
    Math.round(median("copyDevices")),
    Math.round(median("undo")),
  ];
}

async function importOnce(size: number) {
  let id = "";
  let header: string[] = [];
  const receive = await timeOf(async () => {
    ({ id, header } = await receiveFile({ ctx: ctx(), input: { fileName: "fleet.csv" }, chunks: fleet(size) }));
  });
  const check = await timeOf(async () => {
    await checkImport({
      ctx: ctx(),
      input: { id, mapping: matchColumns(header), defaultFarmId: farm.id, issueCredentials: WITH_PASSWORDS },
    });
    await workOnImports(db);
  });
  const { previewHash } = await db.importJob.findUniqueOrThrow({ where: { id } });
  const commit = await timeOf(async () => {
    await commitImport({ ctx: ctx(), input: { id, previewHash } });
    await workOnImports(db);
  });
  const { createdCount, state } = await db.importJob.findUniqueOrThrow({ where: { id } });
  if (createdCount !== size || state !== "done") throw new Error(`${createdCount} of ${size} were created, the import is ${state}`);
  return { importId: id, receive, check, commit };
}

async function undo(id: string): Promise<void> {
  await undoImport({ ctx: ctx(), input: { id } });
  await workOnImports(db);
}

/** What the import wrote. */
async function putAside(): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for (const name of TABLES) {
    if (isServer) contents.push(await copyOut(bare, `COPY ${name} TO STDOUT`));
    else await bare.query(`DROP TABLE IF EXISTS bench_${name}; CREATE TABLE bench_${name} AS SELECT * FROM ${name}`);
  }
  return contents;
}

async function copyTables(contents: readonly Buffer[], count: number): Promise<void> {
  await bare.query("BEGIN");
  for (const [index, name] of TABLES.slice(0, count).entries()) {
    if (isServer) await copyIn(bare, `COPY ${name} FROM STDIN`, contents[index] ?? Buffer.alloc(0));
    else await bare.query(`INSERT INTO ${name} SELECT * FROM bench_${name}`);
  }
  await bare.query("COMMIT");
}

/** The audit refuses to be emptied; in the role of a replica no trigger asks. */
async function clean(): Promise<void> {
  await bare.query(
    "BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE device, audit_event, audit_chain, import_job, change_feed CASCADE; COMMIT",
  );
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function* fleet(size: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from("device_id,name,device_type,manufacturer,model,serial_number,mac_address,location,power_source,connection_type\n");
  const lineOf = (n: number) => {
    const hex = n.toString(16).toUpperCase().padStart(6, "0");
    const mac = `02:00:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
    return `QA${String(n).padStart(6, "0")},Stall ${n},milk_meter,DeLaval,MM27,SN-${n},${mac},"Barn ${n % 12}, place ${n % 60}",mains,wifi`;
  };
  for (let from = 0; from < size; from += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, size - from) }, (_, index) => lineOf(from + index));
    yield await Promise.resolve(Buffer.from(`${lines.join("\n")}\n`));
  }
}
