import { z } from "zod";
import type { DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { HealthStatus } from "@/server/domain/devices/vocabulary";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { ONLINE } from "@/server/services/health/rules-sql";
import { parseInput } from "@/server/services/parse";

export interface Overview {
  total: number;
  /** Devices in service (provisioned, active or in maintenance). */
  inService: number;
  online: number;
  byHealth: Record<HealthStatus, number>;
  byLifecycle: Record<DeviceLifecycle, number>;
  byType: { type: DeviceType; total: number; online: number }[];
  needsAttention: number;
}

interface CountRow {
  type: DeviceType;
  lifecycle: DeviceLifecycle;
  health: HealthStatus;
  total: bigint;
  online: bigint;
  attention: bigint;
}

export const overviewSchema = z.object({ farmId: z.uuid().optional() });

/** How many devices there are, by state, health and type, on the caller's farms or one of them. One statement. */
export async function getOverview({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Overview> {
  const { farmId } = parseInput(overviewSchema, input);
  const allowed = farmIdsWith(ctx.actor, "device.read");
  const farmIds = farmId ? (!allowed || allowed.includes(farmId) ? [farmId] : []) : allowed;
  const rows = await ctx.db.$queryRaw<CountRow[]>`
    SELECT d.type::text, d.lifecycle::text, s.health_status::text AS health, count(*) AS total,
      count(*) FILTER (WHERE ${ONLINE}) AS online,
      count(*) FILTER (WHERE s.needs_attention AND d.lifecycle IN ('provisioned', 'active')) AS attention
    FROM device d JOIN device_state s ON s.device_key = d.id
    WHERE ${farmIds ?? null}::uuid[] IS NULL OR d.farm_id = ANY(${farmIds ?? []}::uuid[])
    GROUP BY 1, 2, 3`;
  return { ...summarize(rows), needsAttention: sum(rows, "attention") };
}

function summarize(rows: readonly CountRow[]): Omit<Overview, "needsAttention"> {
  const byHealth: Overview["byHealth"] = { healthy: 0, warning: 0, critical: 0, unknown: 0 };
  const byLifecycle: Overview["byLifecycle"] = { draft: 0, provisioned: 0, active: 0, maintenance: 0, decommissioned: 0 };
  const byType = new Map<DeviceType, { type: DeviceType; total: number; online: number }>();
  for (const row of rows) {
    byLifecycle[row.lifecycle] += Number(row.total);
    if (row.lifecycle === "decommissioned") continue;
    if (row.lifecycle === "active") byHealth[row.health] += Number(row.total);
    const entry = byType.get(row.type) ?? { type: row.type, total: 0, online: 0 };
    byType.set(row.type, { type: row.type, total: entry.total + Number(row.total), online: entry.online + Number(row.online) });
  }
  const living = rows.filter((row) => row.lifecycle !== "decommissioned");
  return {
    total: sum(living, "total"),
    inService: sum(
      living.filter((row) => row.lifecycle !== "draft"),
      "total",
    ),
    online: sum(living, "online"),
    byHealth,
    byLifecycle,
    byType: [...byType.values()].sort((a, b) => b.total - a.total),
  };
}

function sum(rows: readonly CountRow[], key: "total" | "online" | "attention"): number {
  return rows.reduce((total, row) => total + Number(row[key]), 0);
}
