import type { Database, Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { Prisma } from "@/server/db/generated/client";
import type { SentBack } from "@/server/domain/rollouts/describe-event";
import { planRollback } from "../plan-rollback";
import { reconcileTargets } from "../reports";
import { claimTargets, type Delivery } from "./claim-targets";
import { holdTargets } from "./hold-targets";
import { judgeStages } from "./judge-stages";
import { recordEvents } from "./record-events";
import { startDue } from "./start-due";
import { timeOutSilent } from "./time-out";

/** Two thousand commands with their manifests are signed and written at once. */
const TIMEOUT_MS = 30_000;

export interface TickCounts extends Record<string, number> {
  started: number;
  arrived: number;
  silent: number;
  held: number;
  stopped: number;
  told: number;
}

/**
 * Does what people want of their rollouts (DESIGN 7). All it knows is in the database; each step is one transaction with
 * guards on what it read, so that two ticks at once, or one that dies between two steps, do nothing twice and lose
 * nothing. A fixed number of statements, however many devices and rollouts; one more for each rollout that is sent back.
 */
export async function tickRollouts(db: Database, now: Date, delivery: Delivery): Promise<TickCounts> {
  if (!(await hasWork(db, now))) return { started: 0, arrived: 0, silent: 0, held: 0, stopped: 0, told: 0 };
  const step = <T>(work: (tx: Transaction) => Promise<T>) => inTransaction(db, work, { timeout: TIMEOUT_MS });
  const started = await step((tx) => startDue(tx, now));
  const arrived = await step((tx) => reconcileTargets(tx, Prisma.sql`true`, now));
  const silent = await step((tx) => timeOutSilent(tx, now));
  const stopped = await step(async (tx) => {
    const judged = await judgeStages(tx, now);
    const sentBack = new Map<string, SentBack>();
    const undone = judged.flatMap((one) =>
      one.became === "stopped" && one.rollBack !== "nothing" ? [{ ...one, rollBack: one.rollBack }] : [],
    );
    for (const { id, position, rollBack } of undone) {
      const plan = await planRollback(tx, { rolloutId: id, position: rollBack === "stage" ? position : null, createdById: null, now });
      if (plan) sentBack.set(id, { scope: rollBack, stranded: plan.stranded });
    }
    await recordEvents(tx, judged, sentBack, now);
    return undone.length;
  });
  const looked = await step((tx) => holdTargets(tx, now));
  const told = looked ? await step((tx) => claimTargets(tx, now, looked.look, delivery)) : 0;
  return { started, arrived, silent, held: looked?.held ?? 0, stopped, told };
}

/** Most farms have nothing under way most of the time. */
async function hasWork(db: Database, now: Date): Promise<boolean> {
  const [row] = await db.$queryRaw<{ has_work: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM rollout WHERE state = 'in_progress' OR (state = 'scheduled' AND scheduled_at <= ${now}::timestamptz))
      OR EXISTS (SELECT 1 FROM rollout_target WHERE state >= 'sent' AND state <= 'verifying') AS has_work`;
  return row?.has_work ?? false;
}
