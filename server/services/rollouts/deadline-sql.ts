import { Prisma } from "@/server/db/generated/client";
import { STATE_DEADLINE_MINUTES } from "@/server/domain/rollouts/deadlines";

const MINUTES = JSON.stringify(STATE_DEADLINE_MINUTES);

/** When silence becomes a failure in a state. @param patience the rollout's factor */
export function deadlineSql(state: Prisma.Sql, patience: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`(${now}::timestamptz + make_interval(secs => 60 * ${patience} * (${MINUTES}::jsonb ->> ${state})::float8))`;
}
