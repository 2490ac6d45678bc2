import { openDatabase } from "@/server/db/client";
import { mintFarmScope } from "@/server/auth/mint-farm-scope";
import { getOverview } from "@/server/services/devices/get-overview";
import { countAlertsPerDay } from "@/server/services/overview/count-alerts-per-day";
import { getFirmwareSpread } from "@/server/services/overview/get-firmware-spread";
import { getFleetHistory } from "@/server/services/overview/get-fleet-history";
import { getPlaces } from "@/server/services/overview/get-places";
import { listAttention } from "@/server/services/overview/list-attention";
import { listBatteries } from "@/server/services/overview/list-batteries";
import { refreshBatteryOutlooks } from "@/server/services/overview/refresh-battery-outlooks";
import { sampleFleet } from "@/server/services/overview/sample-fleet";
import { benchDatabase } from "./database";
import { table } from "./measure";
import { seedOverviewFleet } from "./overview-fleet";

// What the overview asks of the database, with an open alert on every device and sixty days of hourly batteries.
const DEVICES = Number(process.env.DEVICES ?? 10_000);
const RUNS = Number(process.env.RUNS ?? 10);

const database = await benchDatabase();
const db = openDatabase({ url: database.url, poolSize: 2 });
console.log(`${DEVICES.toLocaleString("en")} devices on ${database.name}; ${RUNS} runs`);
await seedOverviewFleet(db, DEVICES);

const actor = {
  kind: "user" as const,
  userId: "00000000-0000-7000-8000-000000000000",
  name: "Bench",
  email: "bench@demo.example",
  isAdmin: true,
  scope: mintFarmScope({ isAdmin: true, memberships: [] }),
};
const ctx = () => ({ db, actor, now: new Date(), requestId: "bench" });

const estimated: number[] = [];
let devices = 0;
for (let chunk = 1; chunk > 0;) {
  const began = performance.now();
  chunk = await refreshBatteryOutlooks(db, new Date());
  if (chunk > 0) estimated.push(performance.now() - began);
  devices += chunk;
}
await db.$executeRawUnsafe("ANALYZE battery_outlook");

const queries: [string, () => Promise<unknown>][] = [
  ["counts", () => getOverview({ ctx: ctx(), input: {} })],
  ["attention queue", () => listAttention({ ctx: ctx(), input: {} })],
  ["offline by farm and group", () => getPlaces({ ctx: ctx(), input: {} })],
  ["fleet history, 90 days", () => getFleetHistory({ ctx: ctx(), input: { span: "90d" } })],
  ["alerts a day, 90 days", () => countAlertsPerDay({ ctx: ctx(), input: { span: "90d" } })],
  ["firmware spread", () => getFirmwareSpread({ ctx: ctx(), input: {} })],
  ["batteries, first page", () => listBatteries({ ctx: ctx(), input: {} })],
  ["sample of the hour (job)", () => sampleFleet(db)],
];
const at = (values: number[], share: number) =>
  Math.round((values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0) * 10) / 10;
const rows: (string | number)[][] = [];
for (const [name, ask] of queries) {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  rows.push([name, at(times, 0.5), at(times, 0.95)]);
}
rows.push([`batteries, estimate of 1,000 (job), ${devices} in all`, at(estimated, 0.5), at(estimated, 0.95)]);
console.log(table(["query", "p50 ms", "p95 ms"], rows));

await db.$disconnect();
await database.stop();
