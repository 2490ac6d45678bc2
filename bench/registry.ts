import pg from "pg";
import { mintFarmScope } from "@/server/auth/mint-farm-scope";
import { openDatabase } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { deviceListSchema } from "@/server/domain/devices/list-schema";
import { exportDevices } from "@/server/services/devices/list/export-devices";
import { countDevices, countSql, listDevices, pageSql } from "@/server/services/devices/list/list-devices";
import { totalOrder } from "@/server/services/devices/list/sort-sql";
import { benchDatabase } from "./database";
import { seedFleet } from "./fleet";
import { table, timesOf } from "./measure";

// The device list over a large fleet: each query of the console against the same SQL sent by the bare driver, in turn.
const DEVICES = Number(process.env.DEVICES ?? 100_000);
const RUNS = Number(process.env.RUNS ?? 30);
const WITH_PLANS = process.argv.includes("--explain");

const database = await benchDatabase();
const db = openDatabase({ url: database.url, poolSize: 2 });
const bare = new pg.Client({ connectionString: database.url });
await bare.connect();
console.log(`${DEVICES.toLocaleString("en")} devices on ${database.name}; ${RUNS} runs each, in milliseconds`);
await seedFleet(db, DEVICES);

const ctx = {
  db,
  actor: {
    kind: "user" as const,
    userId: "01890000-0000-7000-8000-000000000000",
    name: "Bench",
    email: "bench@farm.example",
    isAdmin: true,
    scope: mintFarmScope({ isAdmin: true, memberships: [] }),
  },
  now: new Date(),
  requestId: "bench",
};
const [group] = await db.deviceGroup.findMany({ where: { parentId: null }, take: 1 });
const LIVING = ["draft", "provisioned", "active", "maintenance"];

const LISTS: Record<string, Record<string, unknown>> = {
  "list, first page": { lifecycles: LIVING },
  "list, page in the middle": { lifecycles: LIVING, cursor: Buffer.from('["GT050000"]').toString("base64url") },
  "list, by battery": { lifecycles: LIVING, sort: [{ by: "battery" }] },
  "list, by farm, then last seen": { lifecycles: LIVING, sort: [{ by: "farm" }, { by: "lastSeen", descending: true }] },
  "search a part of a name": { lifecycles: LIVING, search: "stall 4711" },
  "search what nothing matches": { lifecycles: LIVING, search: "no such thing" },
  "filter type, health, battery": { lifecycles: LIVING, types: ["collar"], health: ["critical"], batteryBelow: 20 },
  "filter a group and its children": { lifecycles: LIVING, groupIds: [group?.id] },
};
const COUNTS: Record<string, Record<string, unknown>> = {
  "count all": { lifecycles: LIVING },
  "count a search": { lifecycles: LIVING, search: "barn 7" },
};

const rows: (string | number)[][] = [];
for (const [name, input] of Object.entries(LISTS)) {
  const { sort, cursor, pageSize, ...filter } = deviceListSchema.parse(input);
  const sql = pageSql({ filter, farmIds: undefined, order: totalOrder(sort), cursor: cursor ?? null, pageSize });
  await measure(name, () => listDevices({ ctx, input }), sql);
}
for (const [name, input] of Object.entries(COUNTS)) {
  const { sort: _, cursor: __, pageSize: ___, ...filter } = deviceListSchema.parse(input);
  await measure(name, () => countDevices({ ctx, input }), countSql(filter, undefined));
}
console.log(table(["query", "p50", "p95", "bare p50", "bare p95", "p95 ratio"], rows));

// What stays in memory while the file streams; what the collector may take at any time is no growth.
const heldMb = () => (global.gc?.(), process.memoryUsage().heapUsed / 1e6);
const before = heldMb();
let [peak, bytes, chunks] = [0, 0, 0];
const began = performance.now();
for await (const chunk of exportDevices({ ctx, input: {}, columns: ["farm", "type", "battery", "lastSeen"] })) {
  bytes += chunk.length;
  if (chunks++ % 10 === 0) peak = Math.max(peak, heldMb() - before);
}
console.log(
  `CSV of the fleet: ${(bytes / 1e6).toFixed(1)} MB in ${Math.round(performance.now() - began)} ms, memory held +${peak.toFixed(1)} MB at most`,
);

await bare.end();
await db.$disconnect();
await database.stop();

async function measure(name: string, service: () => Promise<unknown>, sql: Prisma.Sql): Promise<void> {
  const values = [...sql.values];
  const { ours, theirs } = await timesOf(RUNS, service, () => bare.query(sql.text, values));
  rows.push([name, ours.p50, ours.p95, theirs.p50, theirs.p95, (ours.p95 / theirs.p95).toFixed(2)]);
  if (!WITH_PLANS) return;
  const plan = await bare.query<{ "QUERY PLAN": string }>(
    `EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF, COSTS OFF, SUMMARY ON) ${sql.text}`,
    values,
  );
  console.log(`\n-- ${name}\n${plan.rows.map((row) => row["QUERY PLAN"]).join("\n")}\n`);
}
