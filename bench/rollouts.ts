import pg from "pg";
import { openDatabase } from "@/server/db/client";
import { benchDatabase } from "./database";
import { setSecrets } from "./process";
import { seedRolloutFleet } from "./rollout-fleet";
import { benchDispatch } from "./rollout-dispatch";
import { benchPlan } from "./rollout-plan";
import { benchTick } from "./rollout-tick";

setSecrets();

// Firmware rollouts over a large fleet: planning one, a tick over it, and telling its devices.
const DEVICES = Number(process.env.DEVICES ?? 100_000);
const RUNS = Number(process.env.RUNS ?? 5);

const database = await benchDatabase();
process.env.DATABASE_URL = database.url;
const db = openDatabase({ url: database.url, poolSize: 3 });
// The same settings for both.
const bare = new pg.Client({ connectionString: database.url, options: "-c jit=off -c work_mem=16MB" });
await bare.connect();
console.log(`${DEVICES.toLocaleString("en")} devices on ${database.name}; ${RUNS} runs\n`);
const fleet = await seedRolloutFleet(db, DEVICES);
const parts = (process.env.PARTS ?? "plan,tick,dispatch").split(",");
if (parts.includes("plan")) await benchPlan(db, bare, fleet, RUNS);
if (parts.includes("tick")) await benchTick(db, bare, fleet, RUNS);
if (parts.includes("dispatch")) await benchDispatch(db, database.url, fleet, RUNS);

await bare.end();
await db.$disconnect();
await database.stop();
