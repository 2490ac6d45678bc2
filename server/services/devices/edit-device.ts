import type { Actor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { editDeviceSchema } from "@/server/domain/devices/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refuseUnfitForGroup } from "@/server/services/groups/refuse-unfit-for-group";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { parseInput } from "@/server/services/parse";
import { replaceDeviceTags } from "@/server/services/tags/replace-device-tags";
import { findDevice } from "./find-device";
import { refuseTakenIdentity } from "./refuse-taken-identity";

/**
 * Changes what people know about a device, its group and its tags among it.
 * @throws conflict when somebody else has edited it since `version` was read; nothing is overwritten. invalid_input at
 *   `groupId` when the group is of another farm or type
 */
export async function editDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  const { deviceId, version, groupId, tagIds, ...fields } = parseInput(editDeviceSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.edit");
    if (device.lifecycle === "decommissioned") throw new AppError("conflict", `${deviceId} is decommissioned and can no longer be edited.`);
    await refuseTakenIdentity(tx, ctx.actor, { deviceId, ...fields }, { isNew: false });
    const group = groupId === undefined ? undefined : await changeOfGroup(tx, ctx.actor, device, groupId);
    // Loses to an edit that was committed after the form was loaded.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, version },
      data: { ...fields, groupId, version: { increment: 1 } },
    });
    if (count === 0)
      throw new AppError("conflict", "Somebody else has changed this device meanwhile. Reload to see their changes; yours were not saved.");
    if (group) await applyHealthRules(tx, Prisma.sql`d.id = ${device.id}::uuid`);
    const tags = tagIds && (await replaceDeviceTags(tx, device.id, tagIds));
    if (fields.model !== device.model) await refreshCalibration(tx, ctx.now, { deviceKey: device.id });
    const changed = Object.entries(fields).filter(([key, value]) => device[key as keyof typeof fields] !== value);
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.edited",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        before: {
          ...Object.fromEntries(changed.map(([key]) => [key, device[key as keyof typeof fields]])),
          ...(group ? { group: group.before } : {}),
          ...(tags ? { tags: tags.before } : {}),
        },
        after: { ...Object.fromEntries(changed), ...(group ? { group: group.after } : {}), ...(tags ? { tags: tags.after } : {}) },
      },
    ]);
    return { version: version + 1 };
  });
}

/** The groups' codes before and after; `undefined` when it stays, also in a group that takes no new devices. */
async function changeOfGroup(
  tx: Transaction,
  actor: Actor,
  device: { groupId: string | null; farmId: string; type: DeviceType },
  groupId: string | null,
): Promise<{ before: string | null; after: string | null } | undefined> {
  if (groupId === device.groupId) return undefined;
  const joined = groupId === null ? null : await refuseUnfitForGroup(tx, actor, groupId, device);
  const left = device.groupId === null ? null : await tx.deviceGroup.findUnique({ where: { id: device.groupId }, select: { code: true } });
  return { before: left?.code ?? null, after: joined?.code ?? null };
}
