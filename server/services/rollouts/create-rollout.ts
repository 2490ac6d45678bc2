import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { Prisma } from "@/server/db/generated/client";
import { patienceOf } from "@/server/domain/rollouts/deadlines";
import { createRolloutSchema, type PreflightInput, type RolloutStageInput } from "@/server/domain/rollouts/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmIdsWith, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { drawPlan, type DrawnPlan } from "./preflight";
import { verdictSql } from "./verdict-sql";

/** A hundred thousand devices take some seconds; a busy farm server takes its time. */
const TIMEOUT_MS = 60_000;
/** Of other types there may be a whole fleet; who was aimed at by type alone is not worth a row. */
const NOT_KEPT = ["wrong_type"];

/**
 * Creates exactly the rollout that was previewed, scheduled, in one transaction and a fixed number of statements
 * however many devices (specification Task 2.1 `schedule_update`). A repeat with the same request key gets the same.
 * @throws conflict on `planHash` when the plan is no longer what was previewed, invalid_input when nothing would be
 *   updated, not_found, forbidden
 */
export async function createRollout({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const wanted = parseInput(createRolloutSchema, input);
  const { userId } = requireUser(ctx.actor);
  if (farmIdsWith(ctx.actor, "rollout.manage")?.length === 0) throw new AppError("forbidden", "Your role does not allow rollouts.");
  return inTransaction(
    ctx.db,
    async (tx) => {
      // One after the other: whoever waited sees what was planned meanwhile, and no device is planned twice.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollout plan', 0))`;
      const former = await tx.rollout.findUnique({ where: { requestKey: wanted.requestKey }, select: { id: true, createdById: true } });
      if (former?.createdById === userId) return { id: former.id };
      const plan = await drawPlan(tx, ctx, wanted);
      refuse(plan, wanted.planHash);
      const scheduledAt = wanted.scheduledAt ?? ctx.now;
      const { id } = await tx.rollout.create({
        data: {
          name: wanted.name,
          firmwareId: wanted.firmwareId,
          deviceType: plan.facts.firmware.deviceType,
          farmIds: plan.farmIds,
          state: "scheduled",
          requestKey: wanted.requestKey,
          ...wanted.policy,
          patience: patienceOf(plan.facts.firmware.deviceType),
          scheduledAt,
          createdById: userId,
          createdAt: ctx.now,
          stages: { create: wanted.stages.map(toStageRow) },
        },
        select: { id: true },
      });
      const planned = await addTargets(tx, { id, plan, wanted, now: ctx.now });
      if (planned !== plan.preflight.willUpdate - plan.preflight.inNoStage) throw changedMeanwhile();
      await markScheduled(tx, id, plan.facts.firmware.version, scheduledAt);
      await announce(tx, { topic: "rollouts", farmIds: plan.farmIds, ids: [id] });
      await recordAudit(tx, ctx, [
        {
          action: "rollout.created",
          subjectType: "rollout",
          subjectId: id,
          farmId: plan.farmIds.length === 1 ? (plan.farmIds[0] ?? null) : null,
          after: { name: wanted.name, firmware: plan.facts.firmware.version, devices: planned, scheduledAt, ...wanted.policy },
        },
      ]);
      return { id };
    },
    { timeout: TIMEOUT_MS },
  );
}

function refuse({ preflight }: DrawnPlan, planHash: string): void {
  if (preflight.planHash !== planHash) throw changedMeanwhile();
  if (preflight.willUpdate === 0) throw fieldError("invalid_input", "filter", "No device would be updated.");
  const empty = preflight.stages.findIndex(({ count }) => count === 0);
  if (empty >= 0) throw fieldError("invalid_input", `stages.${empty}.size`, "No device falls into this stage.");
  if (preflight.inNoStage > 0) {
    throw fieldError("invalid_input", "stages", `${preflight.inNoStage} devices fall into no stage; let the last one take the rest.`);
  }
}

function changedMeanwhile(): AppError {
  return fieldError("conflict", "planHash", "Devices or firmware have changed since the preflight. Nothing was done; look at it again.");
}

function toStageRow(
  { name, successThreshold, failureThreshold, minimumSample, soakMinutes, needsApproval }: RolloutStageInput,
  position: number,
) {
  return { position, name, successThreshold, failureThreshold, minimumSample, soakMinutes, needsApproval };
}

interface NewTargets {
  id: string;
  plan: DrawnPlan;
  wanted: PreflightInput;
  now: Date;
}

/** One INSERT … SELECT. @returns how many will be updated */
async function addTargets(tx: Transaction, { id, plan, wanted, now }: NewTargets): Promise<number> {
  const { cuts, named } = plan.cuts;
  const names = named.flatMap(({ position, deviceIds }) => deviceIds.map((device_id) => ({ position, device_id })));
  const [row] = await tx.$queryRaw<{ planned: number }[]>`
    WITH verdict AS (
      SELECT v.*, hashtextextended(v.id::text, hashtextextended(${id}, 0)) AS cohort, n.position AS named_position
      FROM (${verdictSql(wanted, plan.facts)}) v
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS n(position int, device_id text) ON n.device_id = v.device_id
      WHERE v.reason IS NULL OR v.reason <> ALL(${NOT_KEPT}::text[])
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY reason IS NULL AND named_position IS NULL ORDER BY cohort, id) AS rank FROM verdict
    ), planned AS (
      INSERT INTO rollout_target (rollout_id, position, device_key, firmware_id, cohort, state, reason, from_version, state_at, finished_at)
      SELECT ${id}::uuid, coalesce(v.named_position, c.position, 0), v.id, ${plan.facts.firmware.id}::uuid, v.cohort,
        (CASE WHEN v.reason IS NULL THEN 'pending' ELSE 'skipped' END)::rollout_target_state, v.reason, v.version, ${now}::timestamptz,
        CASE WHEN v.reason IS NOT NULL THEN ${now}::timestamptz END
      FROM ranked v LEFT JOIN jsonb_to_recordset(${JSON.stringify(cuts)}::jsonb) AS c(position int, after int, "upTo" int)
        ON v.reason IS NULL AND v.named_position IS NULL AND v.rank > c.after AND v.rank <= c."upTo"
      WHERE v.reason IS NOT NULL OR v.named_position IS NOT NULL OR c.position IS NOT NULL
      RETURNING state
    )
    SELECT count(*) FILTER (WHERE state = 'pending')::int AS planned FROM planned`;
  return row?.planned ?? 0;
}

/** Specification Task 2.1: target, status and time stand on the devices. */
export async function markScheduled(tx: Transaction, rolloutId: string, version: string | null, at: Date): Promise<void> {
  const target = version === null ? Prisma.sql`w.version` : Prisma.sql`${version}`;
  await tx.$executeRaw`
    UPDATE device d SET target_firmware_version = ${target}, firmware_update_status = 'scheduled',
      firmware_update_scheduled_at = ${at}::timestamptz, firmware_update_error = NULL
    FROM rollout_target t JOIN firmware_version w ON w.id = t.firmware_id
    WHERE t.rollout_id = ${rolloutId}::uuid AND t.state = 'pending' AND d.id = t.device_key`;
}
