import { JOB_FACTS } from "@/server/domain/system/jobs";
import { runJobNowSchema } from "@/server/domain/system/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

interface RunNow {
  ctx: ServiceContext;
  input: unknown;
  /** Runs a job under its lease. @throws conflict while a run is under way */
  run: (job: string) => Promise<Record<string, number>>;
}

/**
 * Runs a scheduled job out of turn. Its lease keeps it apart from a run by the clock. The audit says who asked, also
 * when the job then fails.
 * @throws forbidden unless the caller is an admin, invalid_input for a job that may not be run so, conflict while a run
 *   is under way
 * @returns what it did
 */
export async function runJobNow({ ctx, input, run }: RunNow): Promise<Record<string, number>> {
  requireAdmin(ctx.actor);
  const { job } = parseInput(runJobNowSchema, input);
  const { outOfTurn, label } = JOB_FACTS[job];
  if (outOfTurn !== true) throw new AppError("invalid_input", `${label} cannot be run out of turn. ${outOfTurn}`);
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, [{ action: "job.run_now", subjectType: "job", subjectId: job, farmId: null }]));
  return run(job);
}
