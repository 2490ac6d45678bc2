import type pg from "pg";
import type { Database } from "@/server/db/client";
import { countSent, median, table, timeOf } from "./measure";
import type { RolloutFleet } from "./rollout-fleet";

const ROWS = "rollout_target (rollout_id, position, device_key, firmware_id, cohort, state, reason, from_version, state_at, finished_at)";

/** A rollout to the whole fleet as it is created, against a bare INSERT … SELECT of the same rows into the same table. */
export async function benchPlan(db: Database, bare: pg.Client, fleet: RolloutFleet, runs: number): Promise<void> {
  const times: Record<"ours" | "insert" | "update" | "preflight", number[]> = { ours: [], insert: [], update: [], preflight: [] };
  const sentSoFar = countSent();
  let statements = 0;
  for (let run = 0; run <= runs; run++) {
    await fleet.clear();
    const sentBefore = sentSoFar();
    const ours = await fleet.rollOut();
    statements = sentSoFar() - sentBefore;
    // The rows as they lie, in the order in which they were written.
    await bare.query("DROP TABLE IF EXISTS planned");
    await bare.query("CREATE TEMP TABLE planned AS SELECT * FROM rollout_target WHERE rollout_id = $1", [ours.id]);
    const [rollout] = (await bare.query<{ row: string }>("SELECT r::text AS row FROM rollout r WHERE id = $1", [ours.id])).rows;
    await fleet.clear();
    await bare.query("INSERT INTO rollout SELECT ($1::text::rollout).*", [rollout?.row]);
    const insert = await timeOf(() => bare.query(`INSERT INTO ${ROWS} SELECT ${/\((.*)\)/.exec(ROWS)?.[1] ?? ""} FROM planned`));
    const update = await timeOf(() =>
      bare.query(`UPDATE device d SET target_firmware_version = '2.0.0', firmware_update_status = 'scheduled', firmware_update_scheduled_at = now()
        FROM planned p WHERE d.id = p.device_key`),
    );
    // The first is a warm-up.
    if (run === 0) continue;
    times.ours.push(ours.ms);
    times.preflight.push(ours.preflightMs);
    times.insert.push(insert);
    times.update.push(update);
  }
  const [ours, preflight, insert, update] = [times.ours, times.preflight, times.insert, times.update].map(median) as [
    number,
    number,
    number,
    number,
  ];
  console.log(
    table(
      ["a rollout to the fleet", "median ms", "of the bare INSERT", "of INSERT and UPDATE"],
      [
        ["created", ours, (ours / insert).toFixed(2), (ours / (insert + update)).toFixed(2)],
        ["its preflight before that", preflight, (preflight / insert).toFixed(2), (preflight / (insert + update)).toFixed(2)],
        ["bare INSERT … SELECT of its rows", insert, "", ""],
        ["bare UPDATE of its devices", update, "", ""],
      ].map((row) => row.map((cell) => (typeof cell === "number" ? Math.round(cell) : cell))),
    ),
  );
  console.log(`${statements} statements for the preflight and the rollout\n`);
}
