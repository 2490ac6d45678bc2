import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { socketUrl } from "../server/db/embedded/serve";
import type { Product } from "./product";

// Collars, which no other spec updates: 14 in the sample herd.
const VERSION = "SELECT id FROM firmware_version WHERE device_type = 'collar' AND state = 'stable' ORDER BY sequence DESC LIMIT 1";

interface Standing {
  name: string;
  state: string;
  currentStage: number;
  stages: readonly string[];
  stop?: object;
  /** Of one collar after the other: position in the stages, state, and why. */
  targets: readonly (readonly [position: number, state: string, why?: string])[];
}

const STANDINGS = {
  paused: {
    name: "Collars, paused by the gate",
    state: "paused",
    currentStage: 1,
    stages: ["done", "open"],
    stop: { cause: { kind: "failures", failed: 3, resolved: 5, thresholdPercent: 10 } },
    targets: [
      [0, "completed"],
      [1, "completed"],
      [1, "failed", "hash"],
      [1, "timed_out", "timeout"],
      [1, "rolled_back", "self_test"],
      [1, "downloading"],
      [1, "held", "battery"],
      [1, "held", "offline"],
      [1, "pending"],
      [0, "skipped", "same_version"],
    ],
  },
  approval: {
    name: "Collars, waiting for somebody",
    state: "in_progress",
    currentStage: 0,
    stages: ["awaiting_approval", "waiting"],
    targets: [
      [0, "completed"],
      [1, "pending"],
    ],
  },
  completed: { name: "Collars, all of them", state: "completed", currentStage: 0, stages: ["done"], targets: [[0, "completed"]] },
} as const satisfies Record<string, Standing>;

/**
 * Rollouts in standings that take hours to reach, as the engine would leave them; the tick lets them be.
 * @returns their ids
 */
async function addRolloutStandings(demo: Product): Promise<Record<keyof typeof STANDINGS, string>> {
  const client = new pg.Client({ connectionString: socketUrl(path.join(demo.dataFolder, "socket")) });
  await client.connect();
  try {
    const ids = { paused: randomUUID(), approval: randomUUID(), completed: randomUUID() };
    for (const key of ["paused", "approval", "completed"] as const) await add(client, ids[key], STANDINGS[key]);
    return ids;
  } finally {
    await client.end();
  }
}

async function add(client: pg.Client, id: string, { name, state, currentStage, stages, stop, targets }: Standing): Promise<void> {
  await client.query(
    `INSERT INTO rollout (id, name, firmware_id, device_type, farm_ids, state, request_key, failure_policy, max_in_flight, min_battery_level,
       respect_milking, milking_margin, current_stage, stop, scheduled_at, started_at, paused_at, finished_at, updated_at)
     SELECT $1::uuid, $2, (${VERSION}), 'collar', (SELECT array_agg(id) FROM farm), $3::rollout_state, $1, 'pause', 10, 40, true, 30, $4, $5::jsonb,
       now() - interval '3 hours', now() - interval '3 hours', CASE WHEN $3 = 'paused' THEN now() - interval '1 hour' END,
       CASE WHEN $3 = 'completed' THEN now() - interval '1 hour' END, now()`,
    [id, name, state, currentStage, stop ? JSON.stringify(stop) : null],
  );
  await client.query(
    `INSERT INTO rollout_stage (rollout_id, position, name, state, success_threshold, failure_threshold, minimum_sample, soak_minutes, needs_approval, opened_at, done_at)
     SELECT $1::uuid, s.position - 1, 'Stage ' || s.position, s.state::rollout_stage_state, 90, 10, 3, 30, true,
       CASE WHEN s.state <> 'waiting' THEN now() - interval '3 hours' END, CASE WHEN s.state = 'done' THEN now() - interval '2 hours' END
     FROM unnest($2::text[]) WITH ORDINALITY AS s(state, position)`,
    [id, stages],
  );
  await client.query(
    `WITH planned AS (
       INSERT INTO rollout_target (rollout_id, position, device_key, firmware_id, cohort, state, reason, failure_code, error, from_version, sent_at, state_at, finished_at)
       SELECT $1::uuid, t.position, d.id, (${VERSION}), t.nth, t.state::rollout_target_state, CASE WHEN t.state IN ('held', 'skipped') THEN t.why END,
         CASE WHEN t.state IN ('failed', 'timed_out', 'rolled_back') THEN t.why END, NULL, '5.1.0',
         CASE WHEN t.state NOT IN ('pending', 'held', 'skipped') THEN now() - interval '2 hours' END, now() - interval '90 minutes',
         CASE WHEN t.state IN ('completed', 'failed', 'timed_out', 'rolled_back', 'skipped') THEN now() - interval '90 minutes' END
       FROM unnest($2::int[], $3::text[], $4::text[]) WITH ORDINALITY AS t(position, state, why, nth)
       JOIN (SELECT id, row_number() OVER (ORDER BY device_id) AS nth FROM device WHERE type = 'collar') d ON d.nth = t.nth
       RETURNING id, device_key, state, sent_at, state_at
     )
     INSERT INTO rollout_log (rollout_id, target_id, device_key, at, state, target_version, duration_seconds)
     SELECT $1::uuid, p.id, p.device_key, l.at, l.state, '5.2.0', l.seconds FROM planned p CROSS JOIN LATERAL (VALUES
       (p.sent_at, 'sent'::rollout_target_state, NULL::int), (p.sent_at + interval '1 minute', 'downloading', NULL), (p.state_at, p.state, 1800)) AS l(at, state, seconds)
     WHERE p.sent_at IS NOT NULL`,
    [id, targets.map(([position]) => position), targets.map((target) => target[1]), targets.map((target) => target[2] ?? null)],
  );
}

/** Once for each demo: they stay. */
const standings = new Map<Product, ReturnType<typeof addRolloutStandings>>();
export function standingsOf(demo: Product): ReturnType<typeof addRolloutStandings> {
  const ids = standings.get(demo) ?? addRolloutStandings(demo);
  standings.set(demo, ids);
  return ids;
}
