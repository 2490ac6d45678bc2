import type { Actor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { joinRefusal } from "@/server/domain/groups/policy";
import { fieldError } from "@/server/errors";
import { groupFilter } from "./find-group";

interface ChosenGroup {
  id: string;
  code: string;
  name: string;
  farmId: string | null;
  deviceType: DeviceType | null;
  active: boolean;
}

/**
 * Loads the group that devices are about to join and keeps it as it is until the transaction ends: nobody archives it,
 * narrows it to another type or deletes it in between.
 * @throws not_found at `groupId` outside the caller's farms
 */
async function holdGroup(tx: Transaction, actor: Actor, groupId: string): Promise<ChosenGroup> {
  await tx.$queryRaw`SELECT 1 FROM device_group WHERE id = ${groupId}::uuid FOR SHARE`;
  const group = await tx.deviceGroup.findFirst({
    where: { id: groupId, ...groupFilter(actor) },
    select: { id: true, code: true, name: true, farmId: true, deviceType: true, active: true },
  });
  if (!group) throw fieldError("not_found", "groupId", "There is no such group on your farms");
  return group;
}

/**
 * The one place that decides whether a device may join a group.
 * @throws not_found at `groupId` outside the caller's farms, invalid_input at `groupId` when farm or type do not fit
 */
export async function refuseUnfitForGroup(
  tx: Transaction,
  actor: Actor,
  groupId: string,
  device: { farmId: string; type: DeviceType },
): Promise<ChosenGroup> {
  const group = await holdGroup(tx, actor, groupId);
  const refusal = joinRefusal(group, device);
  if (refusal) throw fieldError("invalid_input", "groupId", refusal);
  return group;
}

/**
 * The same for many devices, with two queries whatever their number: which of them may not join, and why. Whether the
 * caller may change these devices is not asked here.
 * @param deviceKeys primary keys
 * @returns the reason in words by device key; devices that fit are not in it
 * @throws not_found at `groupId` outside the caller's farms
 */
export async function findUnfitForGroup(
  tx: Transaction,
  actor: Actor,
  groupId: string,
  deviceKeys: readonly string[],
): Promise<Map<string, string>> {
  const group = await holdGroup(tx, actor, groupId);
  const devices = await tx.$queryRaw<{ id: string; farmId: string; type: DeviceType }[]>`
    SELECT id, farm_id AS "farmId", type::text FROM device WHERE id = ANY(${[...deviceKeys]}::uuid[])`;
  return new Map(
    devices.flatMap((device) => {
      const refusal = joinRefusal(group, device);
      return refusal ? [[device.id, refusal] as const] : [];
    }),
  );
}
