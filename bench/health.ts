import pg from "pg";
import { openDatabase } from "@/server/db/client";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { benchDatabase } from "./database";
import { seedFleet } from "./fleet";
import { countSent, median, table, timeOf } from "./measure";

// The health check over a large fleet of which one device in twenty changes, against bare statements that write the same rows.
const DEVICES = Number(process.env.DEVICES ?? 100_000);
const RUNS = Number(process.env.RUNS ?? 10);
const CHANGING = 20;

const database = await benchDatabase();
const db = openDatabase({ url: database.url, poolSize: 2 });
// The same settings for both.
const bare = new pg.Client({ connectionString: database.url, options: "-c jit=off -c work_mem=16MB" });
await bare.connect();
console.log(`${DEVICES.toLocaleString("en")} devices on ${database.name}, one in ${CHANGING} changes; ${RUNS} runs`);
await seedFleet(db, DEVICES);
await db.$executeRaw`UPDATE device SET lifecycle = 'active', offline_window_seconds = 86400`;
await db.$executeRaw`UPDATE device_state SET last_seen_at = now(), battery_level = 80, signal_strength = -50, error_count = 0`;
await sweepHealth(db);
await db.$executeRawUnsafe("VACUUM FULL ANALYZE");

/** The same devices report so many errors, as if messages had said so; what ended before did so long ago. */
async function report(errors: number): Promise<void> {
  await db.$executeRaw`UPDATE device_state SET error_count = ${errors}::int WHERE abs(hashtext(device_key::text)) % ${CHANGING}::int = 0`;
  await db.$executeRaw`UPDATE device_alert SET cleared_at = NULL WHERE cleared_at IS NOT NULL`;
  await db.$executeRawUnsafe("VACUUM ANALYZE device_state, device_alert, alert_event");
}

/** The rule of the specification in one UPDATE, without thresholds of one's own. */
const BARE_HEALTH = `
  UPDATE device_state s SET health_status = v.status::health_status, health_score = v.score, needs_attention = v.status <> 'healthy'
  FROM (SELECT d.id, CASE WHEN x.last_seen_at < now() - interval '1 day' OR x.error_count > 10 OR x.battery_level < 10 THEN 'critical'
      WHEN x.error_count > 5 OR x.battery_level < 20 THEN 'warning' ELSE 'healthy' END AS status,
      greatest(0, 100 - CASE WHEN x.error_count > 5 THEN 25 ELSE 0 END - least(x.error_count * 2, 30))::smallint AS score
    FROM device d JOIN device_state x ON x.device_key = d.id WHERE d.lifecycle = 'active') v
  WHERE s.device_key = v.id AND (s.health_status::text <> v.status OR s.health_score <> v.score)`;
/** Alerts for all that have errors, without asking whether there are some already; their timelines. */
const BARE_RAISE = `
  WITH raised AS (
    INSERT INTO device_alert (device_key, farm_id, condition, type, severity, value, first_occurrence, last_occurrence)
    SELECT d.id, d.farm_id, 'errors', 'elevated_errors', 'warning', s.error_count, now(), now()
    FROM device_state s JOIN device d ON d.id = s.device_key WHERE s.error_count > 5 RETURNING id, severity, value)
  INSERT INTO alert_event (alert_id, at, kind, severity, value) SELECT id, now(), 'raised', severity, value FROM raised`;
/** The end of all alerts, without asking whether their time has come; their timelines. */
const BARE_END = `
  WITH ended AS (
    UPDATE device_alert SET state = 'resolved', resolved_at = now(), resolution_notes = 'The condition is gone.', cleared_at = now()
    WHERE state <> 'resolved' RETURNING id, severity, value)
  INSERT INTO alert_event (alert_id, at, kind, severity, value, note)
  SELECT id, now(), 'auto_resolved', severity, value, 'The condition is gone.' FROM ended`;
const BARE_COUNT = `
  UPDATE device_alert SET occurrence_count = occurrence_count + 1, last_occurrence = now() WHERE state <> 'resolved'`;

/** What happens between two checks: the errors that are reported, and the bare way to the same rows. */
const STEPS = [
  { name: "health changes, no alert", errors: 3, statements: [BARE_HEALTH] },
  { name: "alerts are raised", errors: 6, statements: [BARE_HEALTH, BARE_RAISE] },
  { name: "alerts are counted again", errors: 6, statements: [BARE_HEALTH, BARE_COUNT] },
  { name: "alerts end", errors: 0, statements: [BARE_HEALTH, BARE_END] },
];

const times = STEPS.map(() => ({ ours: [] as number[], theirs: [] as number[], counts: "", statements: 0 }));
const sentSoFar = countSent();
for (let run = 0; run < RUNS; run++) {
  for (const [index, { errors }] of STEPS.entries()) {
    await report(errors);
    const measured = times[index];
    if (!measured) continue;
    const sentBefore = sentSoFar();
    measured.ours.push(
      await timeOf(async () => {
        const { changed, raised, resolved } = await sweepHealth(db);
        measured.counts = `${changed} / ${raised} / ${resolved}`;
      }),
    );
    measured.statements = sentSoFar() - sentBefore;
  }
  for (const [index, { errors, statements }] of STEPS.entries()) {
    await report(errors);
    times[index]?.theirs.push(
      await timeOf(async () => {
        for (const statement of statements) await bare.query(statement);
      }),
    );
  }
}
global.gc?.();
const before = process.memoryUsage().heapUsed;
for (let run = 0; run < 5; run++) await sweepHealth(db);
global.gc?.();
const grown = (process.memoryUsage().heapUsed - before) / 1e6;

const medianMs = (values: readonly number[]) => Math.round(median(values));
console.log(
  table(
    ["between two checks", "check, median ms", "bare, median ms", "ratio", "changed / raised / ended", "statements"],
    times.map(({ ours, theirs, counts, statements }, index) => [
      STEPS[index]?.name ?? "",
      medianMs(ours),
      medianMs(theirs),
      (medianMs(ours) / medianMs(theirs)).toFixed(2),
      counts,
      statements,
    ]),
  ),
);
console.log(`memory after five more checks: ${grown.toFixed(1)} MB`);

await bare.end();
await db.$disconnect();
await database.stop();
