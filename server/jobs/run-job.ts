import type { Database } from "@/server/db/client";
import { JOB_NAMES, type JobName } from "@/server/domain/system/jobs";
import { AppError } from "@/server/errors";
import { closeLeftBehind, expireCommands } from "@/server/services/commands/expire-commands";
import { pruneIdempotentAnswers } from "@/server/services/idempotency/answer-request-once";
import { pruneChanges } from "@/server/services/feed/read-changes";
import { sweepStore } from "@/server/services/firmware/sweep-store";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { refreshBatteryOutlooks } from "@/server/services/overview/refresh-battery-outlooks";
import { sampleFleet } from "@/server/services/overview/sample-fleet";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { forgetTokenWords } from "@/server/services/provisioning/token-words";
import { notify } from "@/server/services/notifications/notify";
import { forgetJobHours, recordRun } from "@/server/services/jobs/record-run";
import { deleteExpired } from "@/server/services/retention/delete-expired";
import { readRetention } from "@/server/services/retention/read-retention";
import { signedDelivery } from "@/server/services/rollouts/delivery";
import { sweepImports } from "@/server/services/imports/sweep-imports";
import { workOnImports } from "@/server/services/imports/work-on-imports";
import { tickRollouts } from "@/server/services/rollouts/tick/tick-rollouts";
import { pruneActions } from "@/server/services/scan/prune-actions";
import { forgetProcesses } from "@/server/services/system/beat-process";
import { deliverWebhooks } from "@/server/services/webhooks/deliver-webhooks";
import { withLease } from "@/server/services/leases/with-lease";

interface Job {
  /** Longer than a run can take: every statement is bounded to 30 s. */
  leaseSeconds: number;
  /** @param former when the run before this one began */
  run(db: Database, former: Date | undefined): Promise<Record<string, number>>;
}

const JOBS: Record<JobName, Job> = {
  health: { leaseSeconds: 60, run: (db, former) => sweepHealth(db, undefined, former) },
  rollouts: { leaseSeconds: 60, run: (db) => tickRollouts(db, new Date(), signedDelivery()) },
  // Longer than the mail server may keep it waiting.
  notifications: { leaseSeconds: 120, run: (db) => notify(db) },
  // What whoever began it has not finished: its process was stopped.
  imports: { leaseSeconds: 120, run: async (db) => ({ batches: await workOnImports(db, { budgetMs: 40_000 }) }) },
  // Longer than its budget and one round of a receiver that hangs.
  webhooks: { leaseSeconds: 60, run: (db) => deliverWebhooks(db) },
  housekeeping: { leaseSeconds: 300, run: keepHouse },
};

/**
 * Runs one scheduled job under its lease.
 * @throws not_found for an unknown name, conflict while another run of it is under way
 */
export async function runJob(db: Database, name: string): Promise<Record<string, number>> {
  const known = JOB_NAMES.find((job) => job === name);
  if (!known) throw new AppError("not_found", `There is no job "${name}".`);
  const job = JOBS[known];
  return withLease(db, `job:${name}`, job.leaseSeconds, () => recordRun(db, name, (former) => job.run(db, former)));
}

/** No rate limit counts over a longer window. */
const LONGEST_LIMIT_MS = 86_400_000;

/** Forgets what has served its time, and notices what a new day makes due. */
async function keepHouse(db: Database): Promise<Record<string, number>> {
  // The worker does this as it sends; here also while the broker is away.
  const commands = await expireCommands(db, new Date());
  const diagnostics = await closeLeftBehind(db, new Date());
  const changes = await pruneChanges(db);
  await pruneIdempotentAnswers(db);
  const answers = await db.sealedAnswer.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const sessions = await db.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const limits = await db.rateLimit.deleteMany({ where: { lastRequest: { lt: Date.now() - LONGEST_LIMIT_MS } } });
  // Every run, not once a day: midnight comes at another hour on every farm.
  const calibrations = await refreshCalibration(db, new Date());
  const words = await forgetTokenWords(db);
  const { settings } = await readRetention(db);
  const expired = await deleteExpired(db, settings);
  const fieldActions = await pruneActions(db);
  const firmware = await sweepStore(db, new Date(), settings);
  const imports = await sweepImports(db, new Date(), settings);
  await forgetJobHours(db);
  await forgetProcesses(db);
  const farms = await sampleFleet(db);
  const batteries = await refreshBatteryOutlooks(db, new Date());
  return {
    commands,
    diagnostics,
    calibrations: calibrations.changed,
    changes,
    answers: answers.count,
    sessions: sessions.count,
    limits: limits.count,
    words,
    notifications: expired.notifications,
    webhooks: expired.webhooks,
    oldAlerts: expired.alerts,
    oldCommands: expired.commands,
    oldDiagnostics: expired.diagnostics,
    fieldActions,
    firmware,
    imports,
    samples: expired.samples + expired.fleetSamples,
    farms,
    batteries,
  };
}
