import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { afterStop, decideStage, type StageDecision, type StageFacts, type StopCause } from "@/server/domain/rollouts/decide";
import type { FailurePolicy, StageState } from "@/server/domain/rollouts/vocabulary";

interface OpenStageRow {
  id: string;
  version: number;
  position: number;
  is_last: boolean;
  policy: FailurePolicy;
  state: StageState;
  success_threshold: number;
  failure_threshold: number;
  minimum_sample: number;
  soak_minutes: number;
  needs_approval: boolean;
  soak_until: Date | null;
  approved_at: Date | null;
  baseline_completed: number;
  baseline_failed: number;
  waiting: number;
  active: number;
  completed: number;
  failed: number;
  out: number;
  /** Waiting or under way in any stage that is open or was. */
  left: number;
}

/** What has been decided of a rollout, and is done. */
export type JudgedRollout = { id: string; position: number } & (
  { became: "stopped"; cause: StopCause; rollBack: "nothing" | "stage" | "all" } | { became: "awaiting_approval" | "completed" | "further" }
);

/**
 * Decides of every rollout in progress what becomes of its stage, and does it: stop, soak, ask, open the next, end. One
 * statement reads, one writes, with a guard on what was read: whoever was faster wins, and the next tick looks again.
 */
export async function judgeStages(tx: Transaction, now: Date): Promise<JudgedRollout[]> {
  const rows = await readOpenStages(tx);
  const verdicts = rows.flatMap((row) => {
    const decision = decideStage(factsOf(row), now);
    if (decision.kind === "wait") return [];
    // The last stage is over when nobody is left anywhere: devices that were held may come late.
    if (decision.kind === "done" && row.is_last && row.left > 0) return [];
    return [{ row, decision }];
  });
  if (verdicts.length === 0) return [];
  const applied = await apply(
    tx,
    verdicts.map(({ row, decision }) => toChange(row, decision)),
    now,
  );
  const done = new Set(applied);
  return verdicts.filter(({ row }) => done.has(row.id)).map(({ row, decision }) => toJudged(row, decision));
}

function toJudged(row: OpenStageRow, decision: Decided): JudgedRollout {
  const base = { id: row.id, position: row.position };
  switch (decision.kind) {
    case "stop":
      return { ...base, became: "stopped", cause: decision.cause, rollBack: afterStop(row.policy).rollBack };
    case "ask_approval":
      return { ...base, became: "awaiting_approval" };
    case "done":
      return { ...base, became: row.is_last ? "completed" : "further" };
    case "soak":
      return { ...base, became: "further" };
  }
}

async function readOpenStages(tx: Transaction): Promise<OpenStageRow[]> {
  return tx.$queryRaw<OpenStageRow[]>`
    SELECT r.id, r.version, r.current_stage AS position, r.failure_policy::text AS policy, g.state::text, g.success_threshold, g.failure_threshold,
      g.minimum_sample, g.soak_minutes, g.needs_approval, g.soak_until, g.approved_at, r.baseline_completed, r.baseline_failed,
      NOT EXISTS (SELECT 1 FROM rollout_stage n WHERE n.rollout_id = r.id AND n.position > r.current_stage) AS is_last, c.*
    FROM rollout r JOIN rollout_stage g ON g.rollout_id = r.id AND g.position = r.current_stage CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE t.position = r.current_stage AND t.state IN ('pending', 'held'))::int AS waiting,
        count(*) FILTER (WHERE t.position = r.current_stage AND t.state >= 'sent' AND t.state <= 'verifying')::int AS active,
        count(*) FILTER (WHERE t.position = r.current_stage AND t.state = 'completed')::int AS completed,
        count(*) FILTER (WHERE t.position = r.current_stage AND t.state IN ('failed', 'rolled_back', 'timed_out'))::int AS failed,
        count(*) FILTER (WHERE t.position = r.current_stage AND t.state IN ('skipped', 'cancelled'))::int AS out,
        count(*) FILTER (WHERE t.state < 'completed')::int AS left
      FROM rollout_target t WHERE t.rollout_id = r.id AND t.position <= r.current_stage AND NOT t.superseded
    ) c
    WHERE r.state = 'in_progress'`;
}

function factsOf(row: OpenStageRow): StageFacts {
  return {
    state: row.state,
    gate: {
      successThresholdPercent: row.success_threshold,
      failureThresholdPercent: row.failure_threshold,
      minimumSample: row.minimum_sample,
      soakMinutes: row.soak_minutes,
      needsApproval: row.needs_approval,
    },
    counts: { waiting: row.waiting, active: row.active, completed: row.completed, failed: row.failed, out: row.out },
    baseline: { completed: row.baseline_completed, failed: row.baseline_failed },
    soakUntil: row.soak_until,
    approvedAt: row.approved_at,
  };
}

type Decided = Exclude<StageDecision, { kind: "wait" }>;

interface Change {
  id: string;
  version: number;
  position: number;
  stage: StageState;
  soak_until: Date | null;
  rollout: "in_progress" | "paused" | "failed" | "completed";
  next: boolean;
  stop: unknown;
}

function toChange(row: OpenStageRow, decision: Decided): Change {
  const base = { id: row.id, version: row.version, position: row.position, soak_until: null, next: false, stop: null } as const;
  switch (decision.kind) {
    case "stop":
      return { ...base, stage: row.state, rollout: afterStop(row.policy).rollout, stop: { cause: decision.cause } };
    case "soak":
      return { ...base, stage: "soaking", rollout: "in_progress", soak_until: decision.until };
    case "ask_approval":
      return { ...base, stage: "awaiting_approval", rollout: "in_progress" };
    case "done":
      return { ...base, stage: "done", rollout: row.is_last ? "completed" : "in_progress", next: !row.is_last };
  }
}

/** @returns ids of the rollouts that were still as they had been read */
async function apply(tx: Transaction, changes: readonly Change[], now: Date): Promise<string[]> {
  const at = Prisma.sql`${now}::timestamptz`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        AS c(id uuid, version int, position int, stage text, soak_until timestamptz, rollout text, next boolean, stop jsonb)
    ), moved AS (
      UPDATE rollout r SET state = c.rollout::rollout_state, version = r.version + 1, updated_at = ${at},
        current_stage = r.current_stage + CASE WHEN c.next THEN 1 ELSE 0 END,
        baseline_completed = CASE WHEN c.next THEN 0 ELSE r.baseline_completed END,
        baseline_failed = CASE WHEN c.next THEN 0 ELSE r.baseline_failed END,
        stop = coalesce(c.stop, r.stop), paused_at = CASE WHEN c.rollout = 'paused' THEN ${at} ELSE r.paused_at END,
        finished_at = CASE WHEN c.rollout IN ('completed', 'failed') THEN ${at} END
      FROM wanted c
      -- Loses to a person and to another tick: whoever changes a rollout or its stages raises the version. What is read of
      -- other tables would not be looked at again after waiting for the row.
      WHERE r.id = c.id AND r.state = 'in_progress' AND r.version = c.version
      RETURNING r.id, r.farm_ids, c.position, c.stage, c.soak_until, c.next, r.state
    ), stages AS (
      UPDATE rollout_stage g SET state = m.stage::rollout_stage_state, soak_until = coalesce(m.soak_until, g.soak_until),
        done_at = CASE WHEN m.stage = 'done' THEN ${at} END
      FROM moved m WHERE g.rollout_id = m.id AND g.position = m.position
    ), opened AS (
      UPDATE rollout_stage g SET state = 'open', opened_at = ${at}
      FROM moved m WHERE m.next AND g.rollout_id = m.id AND g.position = m.position + 1 AND g.state = 'waiting'
    ), cancelled AS (
      UPDATE rollout_target t SET state = 'cancelled', state_at = ${at}, finished_at = ${at}
      FROM moved m WHERE m.state = 'failed' AND t.rollout_id = m.id AND t.state IN ('pending', 'held')
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'rollouts', farm_ids, ARRAY[id::text] FROM moved
    )
    SELECT id FROM moved`;
  return rows.map(({ id }) => id);
}
