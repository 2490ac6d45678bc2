import { rolloutIdSchema } from "@/server/domain/rollouts/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { deviceScopeSql, rolloutScopeSql, wholeScopeSql } from "./views";

/** What somebody did to a rollout. */
export interface RolloutDeed {
  at: Date;
  /** `rollout.paused` and the like, as the audit has it. */
  action: string;
  by: string;
  reason: string | null;
  /** How many devices it was about, where that was counted and all farms of the rollout are the caller's. */
  devices: number | null;
  /** The one device it was about, when it is on the caller's farms. */
  deviceId: string | null;
}

const MAX_SHOWN = 100;

/** What people did to a rollout, the newest first, out of the audit. One statement. @throws not_found */
export async function listDeeds({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<RolloutDeed[]> {
  const { id } = parseInput(rolloutIdSchema, input);
  const rows = await ctx.db.$queryRaw<(RolloutDeed & { isEmpty: boolean })[]>`
    SELECT a.at, a.action, a.actor_label AS by, a.after->>'reason' AS reason, d.device_id AS "deviceId",
      CASE WHEN ${wholeScopeSql(ctx.actor)} THEN coalesce(a.after->>'devices', a.after->>'cancelled')::int END AS devices, a.seq IS NULL AS "isEmpty"
    FROM rollout r LEFT JOIN audit_event a ON a.subject_type = 'rollout' AND a.subject_id = r.id::text
    LEFT JOIN device d ON d.device_id = a.after->>'deviceId' AND ${deviceScopeSql(ctx.actor)}
    WHERE r.id = ${id}::uuid AND ${rolloutScopeSql(ctx.actor)} ORDER BY a.at DESC, a.seq DESC LIMIT ${MAX_SHOWN}`;
  if (rows.length === 0) throw new AppError("not_found", "There is no such rollout on your farms.");
  return rows.filter(({ isEmpty }) => !isEmpty).map(({ isEmpty: _, ...deed }) => deed);
}
