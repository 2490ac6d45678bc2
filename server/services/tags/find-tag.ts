import type { Transaction } from "@/server/db/client";
import type { DeviceTag } from "@/server/db/generated/client";
import { AppError, fieldError } from "@/server/errors";

/** Lets one transaction at a time create or rename tags: names that differ in case only are one, which no index knows. */
export async function lockTags(tx: Transaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE device_tag IN SHARE ROW EXCLUSIVE MODE`;
}

/** @throws not_found: tags are of no farm, so everybody may know that there is none. */
export async function findTag(tx: Transaction, id: string): Promise<DeviceTag> {
  const tag = await tx.deviceTag.findUnique({ where: { id } });
  if (!tag) throw new AppError("not_found", "There is no such tag any more.");
  return tag;
}

/** @throws conflict at `name` */
export async function refuseTakenName(tx: Transaction, name: string, exceptId?: string): Promise<void> {
  const [taken] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM device_tag WHERE lower(name) = lower(${name}) AND id IS DISTINCT FROM ${exceptId ?? null}::uuid LIMIT 1`;
  if (taken) throw fieldError("conflict", "name", `There is a tag ${taken.name} already`);
}
