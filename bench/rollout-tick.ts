import pg from "pg";
import type { Database } from "@/server/db/client";
import { signedDelivery } from "@/server/services/rollouts/delivery";
import { tickRollouts } from "@/server/services/rollouts/tick/tick-rollouts";
import { countSent, median, table, timeOf } from "./measure";
import { OPEN_STAGE, type RolloutFleet } from "./rollout-fleet";

const IN_FLIGHT = 2_000;
const TICK_MS = 5_000;
/** Ticks until everybody who waits has been looked at. */
const ROUND = 13;

interface Scene {
  name: string;
  /** Before each tick, or only before the first, which then changes nothing. */
  each: boolean;
  prepare(): Promise<unknown>;
}

/** A tick over a rollout to the whole fleet in its different situations, against one statement that counts its targets. */
export async function benchTick(db: Database, bare: pg.Client, fleet: RolloutFleet, runs: number): Promise<void> {
  let now = Date.now();
  const tick = () => tickRollouts(db, new Date((now += TICK_MS)), signedDelivery());
  const sql = (text: string, ...values: unknown[]) => db.$executeRawUnsafe(text, ...values);
  await fleet.clear();
  const { id } = await fleet.rollOut({ stages: [OPEN_STAGE], policy: { maxInFlight: IN_FLIGHT, maxInFlightGroup: null } });
  await tick();

  const reset = async () => {
    await sql("DELETE FROM device_command");
    await sql(`UPDATE rollout_target SET state = 'pending', reason = NULL, command_id = NULL, sent_at = NULL, deadline_at = NULL, finished_at = NULL
      WHERE rollout_id = '${id}'`);
    await sql(
      `UPDATE rollout SET state = 'in_progress', finished_at = NULL, max_in_flight = ${IN_FLIGHT}, max_in_flight_group = NULL WHERE id = '${id}'`,
    );
    await sql(`UPDATE rollout_stage SET state = 'open', done_at = NULL WHERE rollout_id = '${id}'`);
    await sql("UPDATE device_state SET connected = true, firmware_version = '1.0.0', boot_id = 'boot-1'");
    await sql("VACUUM ANALYZE rollout_target, device_state, device_command");
  };
  const round = async () => {
    for (let count = 0; count <= ROUND; count++) await tick();
  };
  const scenes: Scene[] = [
    {
      name: "all are through, nothing is in progress",
      each: false,
      prepare: async () => {
        await reset();
        await sql(`UPDATE rollout_target SET state = 'completed', finished_at = now() WHERE rollout_id = '${id}'`);
        await sql(`UPDATE rollout SET state = 'completed' WHERE id = '${id}'`);
      },
    },
    { name: `all wait, ${IN_FLIGHT.toLocaleString("en")} are told`, each: true, prepare: reset },
    {
      name: `all wait, ${IN_FLIGHT.toLocaleString("en")} are under way`,
      each: false,
      prepare: () => reset().then(tick),
    },
    {
      name: "all wait, their groups are busy",
      each: false,
      prepare: async () => {
        await reset();
        await sql(`UPDATE rollout_target t SET state = 'completed', finished_at = now() FROM device d
          WHERE d.id = t.device_key AND d.group_id IS NULL AND t.rollout_id = '${id}'`);
        await sql(`UPDATE rollout SET max_in_flight_group = 1 WHERE id = '${id}'`);
        await round();
      },
    },
    {
      name: "all are held, not connected",
      each: false,
      prepare: async () => {
        await reset();
        await sql("UPDATE device_state SET connected = false");
        await round();
      },
    },
    {
      name: `half are through, ${IN_FLIGHT.toLocaleString("en")} arrive, as many are told`,
      each: true,
      prepare: async () => {
        await reset();
        await sql(`UPDATE rollout_target SET state = 'completed', finished_at = now() WHERE rollout_id = '${id}' AND cohort < 0`);
        await tick();
        await sql(
          `UPDATE device_state s SET firmware_version = '2.0.0', boot_id = 'boot-2', last_seen_at = $1::timestamptz
          FROM rollout_target t WHERE t.device_key = s.device_key AND t.state = 'sent'`,
          new Date(now + 1_000),
        );
      },
    },
  ];
  const sentSoFar = countSent();
  const rows: (string | number)[][] = [];
  for (const { name, each, prepare } of scenes) {
    const times: Record<"ours" | "bare", number[]> = { ours: [], bare: [] };
    let [statements, told] = [0, 0];
    if (!each) await prepare();
    for (let run = 0; run < runs; run++) {
      if (each) await prepare();
      times.bare.push(
        await timeOf(() => bare.query("SELECT state, count(*) FROM rollout_target WHERE rollout_id = $1 GROUP BY state", [id])),
      );
      const sentBefore = sentSoFar();
      times.ours.push(await timeOf(async () => void ({ told } = await tick())));
      statements = sentSoFar() - sentBefore;
    }
    const [ours, theirs] = [median(times.ours), median(times.bare)];
    rows.push([name, Math.round(ours), Math.round(theirs), (ours / theirs).toFixed(1), statements, told]);
  }
  console.log(`${table(["a tick over the fleet", "median ms", "counting, ms", "ratio", "statements", "told"], rows)}\n`);
}
