import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { readReception } from "./reception";

export interface JobView {
  name: string;
  startedAt: Date;
  durationMs: number | null;
  /** What the last run did. */
  counts: Record<string, number>;
  error: string | null;
  runs: number;
  failures: number;
}

export interface SystemStatus {
  reception: {
    /** Whether messages of devices arrive; `null` = it was never noted. */
    isReceiving: boolean | null;
    /** Since when without a gap. */
    since: Date | null;
    silentSeconds: number | null;
  };
  /** The scheduled jobs' last runs; for admins. */
  jobs: JobView[];
}

/** Past this without a beat nothing is received, for all a person can tell. */
const QUIET_SECONDS = 45;

/** Whether messages arrive, for everybody, and what the scheduled jobs did last, for admins. */
export async function getSystemStatus({ ctx }: { ctx: ServiceContext }): Promise<SystemStatus> {
  const user = requireUser(ctx.actor);
  const { receivingSince, silentSeconds } = await readReception(ctx.db);
  const runs = user.isAdmin ? await ctx.db.jobRun.findMany({ orderBy: { name: "asc" } }) : [];
  const isReceiving = silentSeconds === null ? null : silentSeconds <= QUIET_SECONDS;
  return {
    reception: { isReceiving, since: isReceiving ? receivingSince : null, silentSeconds },
    jobs: runs.map(({ name, startedAt, durationMs, counts, error, runs: total, failures }) => ({
      name,
      startedAt,
      durationMs,
      counts: counts as Record<string, number>,
      error,
      runs: Number(total),
      failures: Number(failures),
    })),
  };
}
