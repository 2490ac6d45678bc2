import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { assignStages, type StageCuts } from "@/server/domain/rollouts/assign-stages";
import { estimateMinutes } from "@/server/domain/rollouts/estimate";
import { preflightSchema, type PreflightInput, type RolloutPolicy } from "@/server/domain/rollouts/schema";
import type { HoldReason, SkipReason } from "@/server/domain/rollouts/vocabulary";
import { fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { holdSql, readFarmHolds, type GateColumns } from "./gates-sql";
import { planHash } from "./plan-hash";
import { gatherFacts, verdictSql, type VerdictFacts } from "./verdict-sql";

export interface Preflight {
  total: number;
  willUpdate: number;
  farms: number;
  skipped: { reason: SkipReason; hop: string | null; count: number; examples: string[] }[];
  /** Of those that will be updated, who would have to wait if it began now. */
  heldNow: { reason: HoldReason; count: number }[];
  stages: { name: string; count: number }[];
  /** Will be updated, and fall into no stage. */
  inNoStage: number;
  /** Minutes from the start, when nobody has to wait and nothing fails. */
  estimatedMinutes: number;
  /** Of those that will be updated: what they run now is kept here, so that they can be sent back. */
  canGoBack: number;
  /** Goes into the rollout: what was previewed is what is created. */
  planHash: string;
}

/** What a rollout would do to which devices, and why not to others; writes nothing (DESIGN 7). @throws not_found, conflict */
export async function preflight({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Preflight> {
  const plan = parseInput(preflightSchema, input);
  return (await drawPlan(ctx.db, ctx, plan)).preflight;
}

export interface DrawnPlan {
  preflight: Preflight;
  facts: VerdictFacts;
  cuts: StageCuts;
  farmIds: string[];
}

interface PlanRow {
  skipped: Preflight["skipped"] | null;
  held: Preflight["heldNow"] | null;
  named: { device_id: string }[] | null;
  farm_ids: string[] | null;
  total: number;
  will_update: number;
  can_go_back: number;
  digest: string | null;
}

/** The plan as it stands now: five statements, however many devices. */
export async function drawPlan(db: Transaction, ctx: ServiceContext, plan: PreflightInput): Promise<DrawnPlan> {
  const facts = await gatherFacts(db, ctx, plan);
  const holds = await readFarmHolds(db, ctx.now, [plan.policy.milkingMargin]);
  const namedIds = namedDevices(plan);
  const [row] = await db.$queryRaw<PlanRow[]>`
    WITH verdict AS MATERIALIZED (${verdictSql(plan, facts)}), chosen AS MATERIALIZED (
      SELECT v.id, v.device_id, v.farm_id, v.version, ${holdSql(policyGates(plan.policy), holds)} AS hold
      FROM verdict v JOIN device d ON d.id = v.id JOIN device_state s ON s.device_key = v.id WHERE v.reason IS NULL)
    SELECT
      (SELECT jsonb_agg(x) FROM (SELECT reason, hop, count(*)::int AS count, (array_agg(device_id ORDER BY device_id))[1:5] AS examples
        FROM verdict WHERE reason IS NOT NULL GROUP BY reason, hop ORDER BY count(*) DESC) x) AS skipped,
      (SELECT jsonb_agg(x) FROM (SELECT hold AS reason, count(*)::int AS count
        FROM chosen WHERE hold IS NOT NULL GROUP BY hold ORDER BY count(*) DESC) x) AS held,
      (SELECT jsonb_agg(x) FROM (SELECT device_id FROM chosen WHERE device_id = ANY(${namedIds}::text[])) x) AS named,
      (SELECT array_agg(DISTINCT farm_id) FROM chosen) AS farm_ids,
      (SELECT count(*)::int FROM verdict) AS total, (SELECT count(*)::int FROM chosen) AS will_update,
      (SELECT count(*)::int FROM chosen WHERE version IN (SELECT w.version FROM firmware_version w
        WHERE w.device_type = ${facts.firmware.deviceType}::device_type AND w.artifact_sha256 IS NOT NULL)) AS can_go_back,
      (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM chosen) AS digest`;
  if (!row) throw new Error("the plan has no row");
  return summarise(plan, facts, row);
}

function summarise(plan: PreflightInput, facts: VerdictFacts, row: PlanRow): DrawnPlan {
  const named = new Set((row.named ?? []).map(({ device_id }) => device_id));
  const cuts = assignStages(plan.stages, row.will_update - named.size);
  const stages = plan.stages.map(({ name, size }, position) => {
    if (size.kind === "devices") return { name, count: size.deviceIds.filter((deviceId) => named.has(deviceId)).length };
    const cut = cuts.cuts.find((one) => one.position === position);
    return { name, count: cut ? cut.upTo - cut.after : 0 };
  });
  const counts = stages.map(({ count }) => count);
  return {
    facts,
    cuts,
    farmIds: row.farm_ids ?? [],
    preflight: {
      total: row.total,
      willUpdate: row.will_update,
      farms: row.farm_ids?.length ?? 0,
      skipped: row.skipped ?? [],
      heldNow: row.held ?? [],
      stages,
      inNoStage: row.will_update - counts.reduce((sum, count) => sum + count, 0),
      estimatedMinutes: estimateMinutes(
        plan.stages.map(({ soakMinutes }, index) => ({ devices: counts[index] ?? 0, soakMinutes })),
        plan.policy,
      ),
      canGoBack: row.can_go_back,
      planHash: planHash(plan, row.digest ?? ""),
    },
  };
}

/** @throws invalid_input when one device stands in two stages */
function namedDevices({ stages }: PreflightInput): string[] {
  const deviceIds = stages.flatMap(({ size }) => (size.kind === "devices" ? size.deviceIds : []));
  const twice = deviceIds.find((deviceId, index) => deviceIds.indexOf(deviceId) !== index);
  if (twice !== undefined) throw fieldError("invalid_input", "stages", `${twice} stands in two stages`);
  return deviceIds;
}

function policyGates(policy: RolloutPolicy): GateColumns {
  return {
    force: Prisma.sql`${policy.forceUpdate}::boolean`,
    minBattery: Prisma.sql`${policy.minBatteryLevel}::real`,
    minSignal: Prisma.sql`${policy.minSignal}::int`,
    respectMilking: Prisma.sql`${policy.respectMilking}::boolean`,
    margin: Prisma.sql`${policy.milkingMargin}::int`,
  };
}
