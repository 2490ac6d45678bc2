import { Prisma } from "@/server/db/generated/client";
import { listTargetsSchema } from "@/server/domain/rollouts/schema";
import type { TargetState } from "@/server/domain/rollouts/vocabulary";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { deviceScopeSql, rolloutScopeSql } from "./views";

/** One device in a rollout, as it stands. */
export interface TargetView {
  id: string;
  deviceId: string;
  name: string;
  location: string | null;
  position: number;
  state: TargetState;
  attempt: number;
  /** Why it is held or was skipped. */
  reason: string | null;
  fromVersion: string | null;
  version: string;
  progress: number | null;
  failureCode: string | null;
  error: string | null;
  sentAt: Date | null;
  stateAt: Date;
  deadlineAt: Date | null;
  finishedAt: Date | null;
}

export interface TargetPage {
  targets: TargetView[];
  nextCursor: string | null;
}

export const TARGET_COLUMNS = Prisma.sql`t.id, d.device_id AS "deviceId", d.name, d.location, t.position, t.state::text, t.attempt, t.reason,
  t.from_version AS "fromVersion", w.version, t.progress, t.failure_code AS "failureCode", t.error, t.sent_at AS "sentAt", t.state_at AS "stateAt",
  t.deadline_at AS "deadlineAt", t.finished_at AS "finishedAt"`;

/** One page of a rollout's devices on the caller's farms, by ID. Two statements. @throws not_found */
export async function listTargets({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<TargetPage> {
  const { id, states, position, why, search, cursor, pageSize } = parseInput(listTargetsSchema, input);
  const [rollout] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rollout r WHERE r.id = ${id}::uuid AND ${rolloutScopeSql(ctx.actor)}`;
  if (!rollout) throw new AppError("not_found", "There is no such rollout on your farms.");
  const pattern = `%${search.replaceAll("\0", "").replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    Prisma.sql`t.rollout_id = ${id}::uuid AND NOT t.superseded`,
    deviceScopeSql(ctx.actor),
    ...(states.length > 0 ? [Prisma.sql`t.state = ANY(${states}::text[]::rollout_target_state[])`] : []),
    ...(position === undefined ? [] : [Prisma.sql`t.position = ${position}::int`]),
    ...(why
      ? [
          Prisma.sql`CASE WHEN t.state IN ('failed', 'rolled_back', 'timed_out') THEN coalesce(t.failure_code, 'unknown') ELSE t.reason END = ${why}`,
        ]
      : []),
    ...(search ? [Prisma.sql`(d.device_id ILIKE ${pattern} OR d.name ILIKE ${pattern} OR d.location ILIKE ${pattern})`] : []),
    ...(cursor ? [Prisma.sql`d.device_id > ${cursor}`] : []),
  ];
  const rows = await ctx.db.$queryRaw<TargetView[]>`
    SELECT ${TARGET_COLUMNS} FROM rollout_target t JOIN device d ON d.id = t.device_key JOIN firmware_version w ON w.id = t.firmware_id
    WHERE ${Prisma.join(conditions, " AND ")} ORDER BY d.device_id LIMIT ${pageSize + 1}`;
  const targets = rows.slice(0, pageSize);
  return { targets, nextCursor: rows.length > pageSize ? (targets.at(-1)?.deviceId ?? null) : null };
}
