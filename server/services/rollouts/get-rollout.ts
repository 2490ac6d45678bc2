import type { RolloutPolicy } from "@/server/domain/rollouts/schema";
import { rolloutIdSchema } from "@/server/domain/rollouts/schema";
import { standsStill } from "@/server/domain/rollouts/transitions";
import type { FailureCode, HoldReason, RolloutState, SkipReason, StageState, TargetState } from "@/server/domain/rollouts/vocabulary";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { returnableSql } from "./plan-rollback";
import {
  countsSql,
  deviceScopeSql,
  ROLLOUT_COLUMNS,
  ROLLOUT_TABLES,
  rolloutScopeSql,
  toRolloutView,
  type RolloutRow,
  type RolloutView,
} from "./views";

export interface StageView {
  position: number;
  name: string;
  state: StageState;
  successThreshold: number;
  failureThreshold: number;
  minimumSample: number;
  soakMinutes: number;
  needsApproval: boolean;
  openedAt: Date | null;
  soakUntil: Date | null;
  approvedAt: Date | null;
  approvedBy: string | null;
  doneAt: Date | null;
  counts: Partial<Record<TargetState, number>>;
}

export interface RolloutPageView extends RolloutView {
  policy: Omit<RolloutPolicy, "failurePolicy">;
  stages: StageView[];
  held: { reason: HoldReason; count: number }[];
  skipped: { reason: SkipReason; count: number }[];
  failures: { code: FailureCode; count: number; examples: string[] }[];
  /** The rollout that this one undoes, and those that undo this one. */
  undoes: { id: string; name: string } | null;
  undoneBy: { id: string; name: string; state: RolloutState }[];
  /** How many devices would go back if somebody sent them now, and how many cannot; empty while nobody may. */
  goBack: { devices: number; stranded: number } | null;
}

type PolicyRow = RolloutRow & {
  policy: RolloutPageView["policy"];
  stages: StageView[];
  held: RolloutPageView["held"] | null;
  skipped: RolloutPageView["skipped"] | null;
  failures: RolloutPageView["failures"] | null;
  undoes: RolloutPageView["undoes"];
  undoneBy: RolloutPageView["undoneBy"] | null;
};

/**
 * One rollout with its stages, who waits, and what failed; devices are counted on the caller's farms. One statement, two
 * for one that stands still.
 * @throws not_found
 */
export async function getRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<RolloutPageView> {
  const { id } = parseInput(rolloutIdSchema, input);
  const [row] = await ctx.db.$queryRaw<PolicyRow[]>`
    WITH mine AS (
      SELECT t.position, t.state, t.reason, t.failure_code, d.device_id FROM rollout_target t JOIN device d ON d.id = t.device_key
      WHERE t.rollout_id = ${id}::uuid AND NOT t.superseded AND ${deviceScopeSql(ctx.actor)}
    )
    SELECT ${ROLLOUT_COLUMNS}, ${countsSql(ctx.actor)} AS counts,
      jsonb_build_object('forceUpdate', r.force_update, 'forceReason', r.force_reason, 'notifyOnComplete', r.notify_on_complete,
        'ratePerMinute', r.rate_per_minute, 'maxInFlight', r.max_in_flight, 'maxInFlightGroup', r.max_in_flight_group,
        'minBatteryLevel', r.min_battery_level, 'minSignal', r.min_signal, 'respectMilking', r.respect_milking, 'milkingMargin', r.milking_margin) AS policy,
      (SELECT jsonb_agg(s ORDER BY s.position) FROM (
        SELECT g.position, g.name, g.state, g.success_threshold AS "successThreshold", g.failure_threshold AS "failureThreshold",
          g.minimum_sample AS "minimumSample", g.soak_minutes AS "soakMinutes", g.needs_approval AS "needsApproval", g.opened_at AS "openedAt",
          g.soak_until AS "soakUntil", g.approved_at AS "approvedAt", a.name AS "approvedBy", g.done_at AS "doneAt",
          (SELECT coalesce(jsonb_object_agg(c.state, c.count), '{}') FROM (
            SELECT state, count(*)::int AS count FROM mine WHERE position = g.position GROUP BY state) c) AS counts
        FROM rollout_stage g LEFT JOIN "user" a ON a.id = g.approved_by_id WHERE g.rollout_id = r.id) s) AS stages,
      (SELECT jsonb_agg(x) FROM (SELECT reason, count(*)::int AS count FROM mine WHERE state = 'held' GROUP BY reason ORDER BY 2 DESC) x) AS held,
      (SELECT jsonb_agg(x) FROM (SELECT reason, count(*)::int AS count FROM mine WHERE state = 'skipped' GROUP BY reason ORDER BY 2 DESC) x) AS skipped,
      (SELECT jsonb_agg(x) FROM (SELECT coalesce(failure_code, 'unknown') AS code, count(*)::int AS count, (array_agg(device_id ORDER BY device_id))[1:5] AS examples
        FROM mine WHERE state IN ('failed', 'rolled_back', 'timed_out') GROUP BY 1 ORDER BY 2 DESC) x) AS failures,
      (SELECT jsonb_build_object('id', o.id, 'name', o.name) FROM rollout o WHERE o.id = r.undoes_id) AS undoes,
      (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'state', o.state) ORDER BY o.created_at) FROM rollout o WHERE o.undoes_id = r.id) AS "undoneBy"
    FROM ${ROLLOUT_TABLES} WHERE r.id = ${id}::uuid AND ${rolloutScopeSql(ctx.actor)}`;
  if (!row) throw new AppError("not_found", "There is no such rollout on your farms.");
  const { policy, stages, held, skipped, failures, undoes, undoneBy, ...rest } = row;
  const view = toRolloutView(rest, ctx.actor);
  return {
    ...view,
    policy,
    stages: stages.map(withDates),
    held: held ?? [],
    skipped: skipped ?? [],
    failures: failures ?? [],
    undoes,
    undoneBy: undoneBy ?? [],
    goBack: view.maySteer && view.kind === "update" && standsStill(view.state) ? await countReturnable(ctx, id) : null,
  };
}

async function countReturnable({ db }: ServiceContext, id: string): Promise<RolloutPageView["goBack"]> {
  const [row] = await db.$queryRaw<{ devices: number; stranded: number }[]>`
    SELECT count(former)::int AS devices, count(*) FILTER (WHERE former IS NULL)::int AS stranded FROM (${returnableSql(id, null)}) AS updated`;
  return row ?? null;
}

/** Out of JSON, times are text. */
function withDates(stage: StageView): StageView {
  const date = (value: Date | string | null) => (value === null ? null : new Date(value));
  const { openedAt, soakUntil, approvedAt, doneAt } = stage;
  return { ...stage, openedAt: date(openedAt), soakUntil: date(soakUntil), approvedAt: date(approvedAt), doneAt: date(doneAt) };
}
