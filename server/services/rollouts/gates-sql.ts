import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { milkingAt, withMargin, type MilkingTimes } from "@/server/domain/farms/milking";

/** Farms on which nothing may be begun now. */
export interface FarmHolds {
  frozen: string[];
  /** Milking now, or about to within the margin, in minutes. */
  milking: { margin: number; farmIds: string[] }[];
}

interface FarmRow {
  id: string;
  time_zone: string;
  is_frozen: boolean;
  sessions: MilkingTimes[];
}

/** One statement; milking is reckoned on each farm's own clock. @param margins minutes, of the rollouts in question */
export async function readFarmHolds(db: Database | Transaction, now: Date, margins: readonly number[]): Promise<FarmHolds> {
  const farms = await db.$queryRaw<FarmRow[]>`
    SELECT f.id, f.time_zone, coalesce(f.freeze_until > ${now}::timestamptz, false) AS is_frozen, coalesce((
      SELECT jsonb_agg(jsonb_build_object('name', m.name, 'weekdays', m.weekdays, 'startMinute', m.start_minute, 'endMinute', m.end_minute))
      FROM milking_session m WHERE m.farm_id = f.id), '[]') AS sessions
    FROM farm f WHERE f.freeze_until > ${now}::timestamptz OR EXISTS (SELECT 1 FROM milking_session m WHERE m.farm_id = f.id)`;
  const isMilking = ({ sessions, time_zone }: FarmRow, margin: number) =>
    milkingAt(
      sessions.map((session) => withMargin(session, margin)),
      time_zone,
      now,
    ) !== undefined;
  return {
    frozen: farms.filter((farm) => farm.is_frozen).map(({ id }) => id),
    milking: [...new Set(margins)].map((margin) => ({
      margin,
      farmIds: farms.filter((farm) => isMilking(farm, margin)).map(({ id }) => id),
    })),
  };
}

/** The rollout's own rules, as columns or as parameters. */
export interface GateColumns {
  force: Prisma.Sql;
  minBattery: Prisma.Sql;
  minSignal: Prisma.Sql;
  respectMilking: Prisma.Sql;
  margin: Prisma.Sql;
}

/** Columns of `r` (rollout). */
export const ROLLOUT_GATES: GateColumns = {
  force: Prisma.sql`r.force_update`,
  minBattery: Prisma.sql`r.min_battery_level`,
  minSignal: Prisma.sql`r.min_signal`,
  respectMilking: Prisma.sql`r.respect_milking`,
  margin: Prisma.sql`r.milking_margin`,
};

/**
 * Why a device has to wait now (HOLD_REASONS), NULL = it may be told; over `d`evice and `s`tate. Who cannot be reached
 * waits also when forced: there is nobody to tell.
 */
export function holdSql(gates: GateColumns, holds: FarmHolds): Prisma.Sql {
  const { force, minBattery, minSignal, respectMilking, margin } = gates;
  const milking = holds.milking.flatMap(({ margin: minutes, farmIds }) => farmIds.map((farm_id) => ({ minutes, farm_id })));
  return Prisma.sql`CASE
    WHEN NOT s.connected THEN 'offline'
    WHEN ${force} THEN NULL
    WHEN d.lifecycle = 'maintenance' THEN 'maintenance'
    WHEN d.farm_id = ANY(${holds.frozen}::uuid[]) THEN 'freeze'
    WHEN ${respectMilking} AND (d.farm_id, ${margin}) IN (
      SELECT m.farm_id, m.minutes FROM jsonb_to_recordset(${JSON.stringify(milking)}::jsonb) AS m(farm_id uuid, minutes int)) THEN 'milking'
    WHEN d.power_source IN ('battery', 'solar') AND s.battery_level < ${minBattery} THEN 'battery'
    WHEN s.signal_strength < ${minSignal} THEN 'signal'
  END`;
}
