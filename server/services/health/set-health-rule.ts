import { inTransaction } from "@/server/db/in-transaction";
import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { setHealthRuleSchema } from "@/server/domain/health/schema";
import { THRESHOLD_KEYS, type ThresholdRule } from "@/server/domain/health/thresholds";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { applyHealthRules } from "./apply-health-rules";
import { findTarget, type RuleTarget } from "./get-health-rules";
import { judgeDevices } from "./judge-devices";
import { readReception } from "./reception";

/**
 * Saves what a type, a group or a device is judged by (all `null` = by what it inherits), brings the devices it bears on
 * in line and judges them at once.
 * @throws not_found, forbidden (types and groups that span farms are for admins), conflict when somebody else has
 *   saved the rule since `version` was read
 * @returns how many devices are judged by other values now
 */
export async function setHealthRule({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ devices: number }> {
  const { scope, rule, version } = parseInput(setHealthRuleSchema, input);
  const { target, devices } = await inTransaction(ctx.db, async (tx) => {
    const found = await findTarget(tx, ctx, scope);
    if (!found.editable) throw new AppError("forbidden", "Your role does not allow this.");
    const before = await saveRule(tx, ownerOf(scope.level, found), rule, version);
    const subjects = { type: "deviceType", group: "groupId", device: "deviceId" } as const;
    await recordAudit(tx, ctx, [
      {
        action: "health_rule.saved",
        subjectType: scope.level === "type" ? "health_rule" : scope.level,
        subjectId:
          scope.level === "type" ? scope.deviceType : scope.level === "group" ? await groupCode(tx, scope.groupId) : scope.deviceId,
        farmId: found.farmId,
        before: before ?? undefined,
        after: { scope: subjects[scope.level], ...Object.fromEntries(THRESHOLD_KEYS.map((key) => [key, rule[key]])) },
      },
    ]);
    return { target: found, devices: await applyHealthRules(tx, devicesOf(scope.level, found)) };
  });
  if (devices > 0) {
    // After the commit: here the states are locked before the devices, as ingest does it.
    const time = await readReception(ctx.db, ctx.now);
    await judgeDevices(ctx.db, time, { devices: devicesOf(scope.level, target), counts: false });
  }
  return { devices };
}

type Owner = { deviceType: NonNullable<RuleTarget["deviceType"]> } | { groupId: string } | { deviceKey: string };

function ownerOf(level: "type" | "group" | "device", { deviceKey, groupId, deviceType }: RuleTarget): Owner {
  if (level === "device" && deviceKey) return { deviceKey };
  if (level === "group" && groupId) return { groupId };
  if (level === "type" && deviceType) return { deviceType };
  throw new Error(`no owner of a ${level} rule`);
}

/** Devices whose thresholds the rule may bear on. */
function devicesOf(level: "type" | "group" | "device", { deviceKey, groupId, deviceType }: RuleTarget): Prisma.Sql {
  if (level === "device") return Prisma.sql`d.id = ${deviceKey}::uuid`;
  if (level === "type") return Prisma.sql`d.type = ${deviceType}::device_type`;
  return Prisma.sql`d.group_id IN (WITH RECURSIVE tree(id) AS (
    SELECT ${groupId}::uuid UNION SELECT child.id FROM device_group child JOIN tree ON child.parent_id = tree.id) SELECT id FROM tree)`;
}

async function saveRule(tx: Transaction, owner: Owner, rule: ThresholdRule, version: number): Promise<ThresholdRule | null> {
  const where = { ...owner };
  const former = await tx.healthRule.findFirst({ where });
  const overtaken = new AppError(
    "conflict",
    "Somebody else has changed these rules meanwhile. Reload to see theirs; yours were not saved.",
  );
  if ((former?.version ?? 0) !== version) throw overtaken;
  const isEmpty = THRESHOLD_KEYS.every((key) => rule[key] === null);
  if (!former) {
    // Loses to a rule that was saved since: the owner's unique index refuses a second one.
    if (!isEmpty) await tx.healthRule.create({ data: { ...owner, ...rule } });
    return null;
  }
  // Loses to an edit that was committed since the rule was read.
  const { count } = isEmpty
    ? await tx.healthRule.deleteMany({ where: { id: former.id, version } })
    : await tx.healthRule.updateMany({ where: { id: former.id, version }, data: { ...rule, version: { increment: 1 } } });
  if (count === 0) throw overtaken;
  const { offlineWindowSeconds, lowBatteryThreshold, weakSignalThreshold, elevatedErrors, highErrors } = former;
  return { offlineWindowSeconds, lowBatteryThreshold, weakSignalThreshold, elevatedErrors, highErrors };
}

async function groupCode(tx: Transaction, id: string): Promise<string> {
  return (await tx.deviceGroup.findUniqueOrThrow({ where: { id }, select: { code: true } })).code;
}
