import pg from "pg";
import { openDatabase } from "@/server/db/client";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { benchDatabase } from "./database";
import { seedFleet } from "./fleet";
import { countSent, table } from "./measure";

// The health check over a large fleet of which one device in twenty changes, against the bare UPDATE of the same rows.
const DEVICES = Number(process.env.DEVICES ?? 100_000);
const RUNS = Number(process.env.RUNS ?? 10);
const CHANGING = 20;

const database = await benchDatabase();
const db = openDatabase({ url: database.url, poolSize: 2 });
const bare = new pg.Client({ connectionString: database.url });
await bare.connect();
console.log(`${DEVICES.toLocaleString("en")} devices on ${database.name}, one in ${CHANGING} changes; ${RUNS} runs`);
await seedFleet(db, DEVICES);
await db.$executeRaw`UPDATE device SET lifecycle = 'active'`;
await db.$executeRaw`UPDATE device_state SET last_seen_at = now(), battery_level = 80, signal_strength = -50, error_count = 0`;
await sweepHealth(db);
await db.$executeRawUnsafe("VACUUM FULL ANALYZE");

/** The same devices by turns with six errors and none, as if messages had said so. */
const disturb = (errors: number) => db.$executeRaw`
  UPDATE device_state SET error_count = ${errors}::int WHERE abs(hashtext(device_key::text)) % ${CHANGING}::int = 0`;

/** The rule of the specification in one UPDATE, without thresholds of one's own and without alerts. */
const BARE_UPDATE = `
  UPDATE device_state s SET health_status = v.status::health_status, health_score = v.score, needs_attention = v.status <> 'healthy'
  FROM (SELECT d.id, CASE WHEN x.last_seen_at < now() - interval '10 minutes' OR x.error_count > 10 OR x.battery_level < 10 THEN 'critical'
      WHEN x.error_count > 5 OR x.battery_level < 20 THEN 'warning' ELSE 'healthy' END AS status,
      greatest(0, 100 - CASE WHEN x.error_count > 5 THEN 25 ELSE 0 END - least(x.error_count * 2, 30))::smallint AS score
    FROM device d JOIN device_state x ON x.device_key = d.id WHERE d.lifecycle = 'active') v
  WHERE s.device_key = v.id AND (s.health_status::text <> v.status OR s.health_score <> v.score)`;

const ours: number[] = [];
const theirs: number[] = [];
const sentSoFar = countSent();
let statements = 0;
let changed = 0;
for (let run = 0; run < RUNS; run++) {
  await disturb(run % 2 === 0 ? 6 : 0);
  await db.$executeRawUnsafe("VACUUM ANALYZE device_state, device_alert");
  const sentBefore = sentSoFar();
  const ourStart = performance.now();
  changed = (await sweepHealth(db)).changed;
  ours.push(performance.now() - ourStart);
  statements = sentSoFar() - sentBefore;
  await disturb(run % 2 === 0 ? 0 : 6);
  await db.$executeRawUnsafe("VACUUM ANALYZE device_state");
  const began = performance.now();
  await bare.query(BARE_UPDATE);
  theirs.push(performance.now() - began);
  await disturb(run % 2 === 0 ? 6 : 0);
  await bare.query(BARE_UPDATE);
}
global.gc?.();
const before = process.memoryUsage().heapUsed;
for (let run = 0; run < 5; run++) await sweepHealth(db);
global.gc?.();
const grown = (process.memoryUsage().heapUsed - before) / 1e6;

const median = (values: number[]) => Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
console.log(
  table(
    ["", "check, median ms", "bare UPDATE, median ms", "ratio", "rows changed", "statements"],
    [["health check", median(ours), median(theirs), (median(ours) / median(theirs)).toFixed(2), changed, statements]],
  ),
);
console.log(`memory after five more checks: ${grown.toFixed(1)} MB`);

await bare.end();
await db.$disconnect();
await database.stop();
