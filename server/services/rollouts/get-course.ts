import { Prisma } from "@/server/db/generated/client";
import { rolloutIdSchema } from "@/server/domain/rollouts/schema";
import type { RolloutState } from "@/server/domain/rollouts/vocabulary";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { deviceScopeSql, rolloutScopeSql } from "./views";

/** How many of a rollout's devices were where at a moment. */
export interface CoursePoint {
  at: Date;
  done: number;
  failed: number;
  underWay: number;
}

export interface RolloutCourse {
  /** Devices that count, whatever became of them. */
  total: number;
  /** Oldest first, evenly spread from the start to now or to the last thing that happened; empty before the start. */
  points: CoursePoint[];
}

const STEPS = 60;
const SHORTEST_STEP_MS = 10_000;

interface Span {
  state: RolloutState;
  startedAt: Date | null;
  lastAt: Date | null;
  total: number;
}

interface Counted {
  step: number;
  sent: number;
  ended: number;
  done: number;
  failed: number;
}

/** How a rollout went over time, of the devices on the caller's farms, last attempts only. Two statements. @throws not_found */
export async function getCourse({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<RolloutCourse> {
  const { id } = parseInput(rolloutIdSchema, input);
  const mine = Prisma.sql`rollout_target t JOIN device d ON d.id = t.device_key
    WHERE t.rollout_id = ${id}::uuid AND NOT t.superseded AND t.state <> 'skipped' AND ${deviceScopeSql(ctx.actor)}`;
  const [span] = await ctx.db.$queryRaw<Span[]>`
    SELECT r.state::text, r.started_at AS "startedAt", greatest(r.started_at, r.paused_at, r.finished_at, m.last_at) AS "lastAt", m.total
    FROM rollout r, (SELECT count(*)::int AS total, max(greatest(t.sent_at, t.finished_at)) AS last_at FROM ${mine}) m
    WHERE r.id = ${id}::uuid AND ${rolloutScopeSql(ctx.actor)}`;
  if (!span) throw new AppError("not_found", "There is no such rollout on your farms.");
  const { state, startedAt, lastAt, total } = span;
  if (!startedAt || total === 0) return { total, points: [] };
  const end = state === "in_progress" ? ctx.now : (lastAt ?? ctx.now);
  const stepMs = Math.max(SHORTEST_STEP_MS, Math.ceil((end.getTime() - startedAt.getTime()) / STEPS));
  const stepOf = (column: Prisma.Sql) =>
    Prisma.sql`least(${STEPS}::int, greatest(0, ceil(extract(epoch FROM ${column} - ${startedAt}::timestamptz) * 1000 / ${stepMs}::int)))::int`;
  const rows = await ctx.db.$queryRaw<Counted[]>`
    SELECT step, sum(sent)::int AS sent, sum(ended)::int AS ended, sum(done)::int AS done, sum(failed)::int AS failed FROM (
      SELECT ${stepOf(Prisma.sql`t.sent_at`)} AS step, count(*) AS sent, 0 AS ended, 0 AS done, 0 AS failed FROM ${mine} AND t.sent_at IS NOT NULL GROUP BY 1
      UNION ALL
      SELECT ${stepOf(Prisma.sql`t.finished_at`)}, 0, count(*) FILTER (WHERE t.sent_at IS NOT NULL), count(*) FILTER (WHERE t.state = 'completed'),
        count(*) FILTER (WHERE t.state IN ('failed', 'rolled_back', 'timed_out')) FROM ${mine} AND t.finished_at IS NOT NULL GROUP BY 1
    ) c GROUP BY step`;
  return { total, points: pointsOf(rows, startedAt, stepMs) };
}

/** Adds up, step by step. */
function pointsOf(rows: readonly Counted[], startedAt: Date, stepMs: number): CoursePoint[] {
  const byStep = new Map(rows.map((row) => [row.step, row]));
  let [done, failed, underWay] = [0, 0, 0];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const row = byStep.get(step);
    done += row?.done ?? 0;
    failed += row?.failed ?? 0;
    underWay += (row?.sent ?? 0) - (row?.ended ?? 0);
    return { at: new Date(startedAt.getTime() + step * stepMs), done, failed, underWay };
  });
}
