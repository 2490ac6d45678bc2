import type { Transaction, Database } from "@/server/db/client";
import { getHealthRulesSchema, type RuleScope } from "@/server/domain/health/schema";
import { resolveThresholds, type ThresholdRule, type Thresholds, type ThresholdSource } from "@/server/domain/health/thresholds";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { AppError } from "@/server/errors";
import { allows, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { groupFilter } from "@/server/services/groups/find-group";
import { parseInput } from "@/server/services/parse";

/** One level of the rules that bear on something, and what it is called. */
export interface RuleLevel {
  level: "device" | "group" | "type";
  name: string;
  rule: ThresholdRule;
}

export interface HealthRulesView {
  /** The scope's own rule; all `null` = none. */
  own: ThresholdRule;
  /** 0 = it has none yet. */
  version: number;
  /** What would hold without its own rule, and where that comes from; `null` = built in. */
  inherited: { [Key in keyof Thresholds]: { value: number; from: Omit<RuleLevel, "rule"> | null } };
  /** Whether the caller may change it. */
  editable: boolean;
}

const NO_RULE: ThresholdRule = {
  offlineWindowSeconds: null,
  lowBatteryThreshold: null,
  weakSignalThreshold: null,
  elevatedErrors: null,
  highErrors: null,
};

/** A device's, group's or type's own health rule and what it inherits. @throws not_found outside the caller's farms */
export async function getHealthRules({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<HealthRulesView> {
  const { scope } = parseInput(getHealthRulesSchema, input);
  const target = await findTarget(ctx.db, ctx, scope);
  const levels = await readLevels(ctx.db, target);
  const own = levels[0]?.isOwn ? levels[0] : undefined;
  const resolved = resolveThresholds(own ? levels.slice(1) : levels);
  const inheritedOf = ({ value, from }: ThresholdSource<RuleLevel>) => ({ value, from: from && { level: from.level, name: from.name } });
  return {
    own: own?.rule ?? NO_RULE,
    version: own?.version ?? 0,
    inherited: {
      offlineWindowSeconds: inheritedOf(resolved.offlineWindowSeconds),
      lowBatteryThreshold: inheritedOf(resolved.lowBatteryThreshold),
      weakSignalThreshold: inheritedOf(resolved.weakSignalThreshold),
      elevatedErrors: inheritedOf(resolved.elevatedErrors),
      highErrors: inheritedOf(resolved.highErrors),
    },
    editable: target.editable,
  };
}

export interface RuleTarget {
  deviceKey: string | null;
  groupId: string | null;
  deviceType: DeviceType | null;
  farmId: string | null;
  editable: boolean;
}

/** What the scope names, as far as the caller sees it. */
export async function findTarget(db: Database | Transaction, { actor }: ServiceContext, scope: RuleScope): Promise<RuleTarget> {
  const user = requireUser(actor);
  if (scope.level === "type") {
    return { deviceKey: null, groupId: null, deviceType: scope.deviceType, farmId: null, editable: user.isAdmin };
  }
  if (scope.level === "device") {
    const device = await findDevice(db, actor, scope.deviceId, "device.read");
    const editable = device.lifecycle !== "decommissioned" && allows(actor, device.farmId, "device.edit");
    return { deviceKey: device.id, groupId: device.groupId, deviceType: device.type, farmId: device.farmId, editable };
  }
  const group = await db.deviceGroup.findFirst({ where: { id: scope.groupId, ...groupFilter(actor) } });
  if (!group) throw new AppError("not_found", "There is no such group on your farms.");
  const editable = group.farmId === null ? user.isAdmin : allows(actor, group.farmId, "group.edit");
  return { deviceKey: null, groupId: group.id, deviceType: group.deviceType, farmId: group.farmId, editable };
}

interface LevelRow extends Thresholds {
  level: RuleLevel["level"];
  name: string;
  version: number;
  isOwn: boolean;
}

/** The rules that bear on a target, the nearest first. */
async function readLevels(db: Database | Transaction, { deviceKey, groupId, deviceType }: RuleTarget) {
  const rows = await db.$queryRaw<LevelRow[]>`
    WITH RECURSIVE chain AS (
      SELECT id, parent_id, name, 0 AS up FROM device_group WHERE id = ${groupId}::uuid
      UNION ALL SELECT g.id, g.parent_id, g.name, c.up + 1 FROM chain c JOIN device_group g ON g.id = c.parent_id
    ), level AS (
      SELECT r.*, 0 AS rank, 'device' AS level, d.device_id AS name, true AS is_own
      FROM health_rule r JOIN device d ON d.id = r.device_key WHERE r.device_key = ${deviceKey}::uuid
      UNION ALL
      SELECT r.*, 1 + c.up, 'group', c.name, c.up = 0 AND ${deviceKey}::uuid IS NULL FROM health_rule r JOIN chain c ON c.id = r.group_id
      UNION ALL
      SELECT r.*, 1000, 'type', r.device_type::text, ${deviceKey}::uuid IS NULL AND ${groupId}::uuid IS NULL
      FROM health_rule r WHERE r.device_type = ${deviceType}::device_type
    )
    SELECT level, name, version, is_own AS "isOwn", offline_window_seconds AS "offlineWindowSeconds",
      low_battery_threshold::float8 AS "lowBatteryThreshold", weak_signal_threshold AS "weakSignalThreshold",
      elevated_errors AS "elevatedErrors", high_errors AS "highErrors"
    FROM level ORDER BY rank`;
  return rows.map(({ level, name, version, isOwn, ...rule }) => ({ level, name, version, isOwn, rule }));
}
