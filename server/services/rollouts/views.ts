import { Prisma } from "@/server/db/generated/client";
import type { Actor } from "@/server/actor";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { StopCause } from "@/server/domain/rollouts/decide";
import { explainStop } from "@/server/domain/rollouts/explain";
import type { FailurePolicy, RolloutKind, RolloutState, TargetState } from "@/server/domain/rollouts/vocabulary";
import { farmIdsWith } from "@/server/services/authorize";

/** Rollouts with at least one device on the caller's farms, over `r`. */
export function rolloutScopeSql(actor: Actor): Prisma.Sql {
  const farmIds = farmIdsWith(actor, "device.read");
  return farmIds ? Prisma.sql`r.farm_ids && ${farmIds}::uuid[]` : Prisma.sql`true`;
}

/** Whether all farms of a rollout are the caller's: only then are numbers of the whole for their eyes. Over `r`. */
export function wholeScopeSql(actor: Actor): Prisma.Sql {
  const farmIds = farmIdsWith(actor, "device.read");
  return farmIds ? Prisma.sql`r.farm_ids <@ ${farmIds}::uuid[]` : Prisma.sql`true`;
}

/** Devices on the caller's farms, over `d`. */
export function deviceScopeSql(actor: Actor): Prisma.Sql {
  const farmIds = farmIdsWith(actor, "device.read");
  return farmIds ? Prisma.sql`d.farm_id = ANY(${farmIds}::uuid[])` : Prisma.sql`true`;
}

export const ROLLOUT_COLUMNS = Prisma.sql`r.id, r.name, r.kind::text, r.state::text, r.device_type::text AS "deviceType", r.current_stage AS "currentStage",
  r.failure_policy::text AS "failurePolicy", r.scheduled_at AS "scheduledAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt",
  r.paused_at AS "pausedAt", r.stop, r.version, r.farm_ids AS "farmIds", r.undoes_id AS "undoesId", r.created_at AS "createdAt", u.name AS "createdBy",
  CASE WHEN w.id IS NOT NULL THEN jsonb_build_object('id', w.id, 'version', w.version, 'name', w.name) END AS firmware`;

export const ROLLOUT_TABLES = Prisma.sql`rollout r LEFT JOIN firmware_version w ON w.id = r.firmware_id LEFT JOIN "user" u ON u.id = r.created_by_id`;

/** How many devices of the caller's are in each state: `{ pending: 3, completed: 17 }`. Over `r`. */
export function countsSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(jsonb_object_agg(c.state, c.count), '{}') FROM (
    SELECT t.state, count(*)::int AS count FROM rollout_target t JOIN device d ON d.id = t.device_key
    WHERE t.rollout_id = r.id AND NOT t.superseded AND ${deviceScopeSql(actor)} GROUP BY t.state) c)`;
}

export interface RolloutRow {
  id: string;
  name: string;
  kind: RolloutKind;
  state: RolloutState;
  deviceType: DeviceType;
  currentStage: number;
  failurePolicy: FailurePolicy;
  scheduledAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  pausedAt: Date | null;
  stop: { cause: StopCause } | { by: string; reason: string | null } | null;
  version: number;
  farmIds: string[];
  undoesId: string | null;
  createdAt: Date;
  createdBy: string | null;
  firmware: { id: string; version: string; name: string } | null;
  counts: Partial<Record<TargetState, number>>;
}

/** A rollout as lists and its own page show it. */
export type RolloutView = ReturnType<typeof toRolloutView>;

export function toRolloutView({ stop, farmIds, ...row }: RolloutRow, actor: Actor) {
  const allowed = farmIdsWith(actor, "rollout.manage");
  return {
    ...row,
    farms: farmIds.length,
    /** Why it stopped, in one sentence. */
    stopped: stop === null ? null : "cause" in stop ? explainStop(stop.cause) : `By ${stop.by}${stop.reason ? `: ${stop.reason}` : ""}`,
    /** Whether the rules stopped it, not a person. */
    stoppedItself: stop !== null && "cause" in stop,
    /** Whether the caller may steer it. */
    maySteer: allowed === undefined || farmIds.every((farmId) => allowed.includes(farmId)),
  };
}
