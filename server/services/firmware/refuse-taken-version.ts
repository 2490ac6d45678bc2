import type { Transaction } from "@/server/db/client";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { versionKey } from "@/server/domain/firmware/version-order";
import { fieldError } from "@/server/errors";

/**
 * A type has each version once (specification Task 1.2), also when it is written otherwise: two of the same rank could
 * not be put in order. The index decides races.
 * @throws conflict at `version`
 */
export async function refuseTakenVersion(
  tx: Transaction,
  { id, deviceType, version }: { id?: string; deviceType: DeviceType; version: string },
): Promise<void> {
  const other = await tx.firmwareVersion.findFirst({
    where: { deviceType, versionKey: versionKey(version), id: { not: id } },
    select: { version: true },
  });
  if (!other) return;
  const { plural } = DEVICE_TYPE_FACTS[deviceType];
  const message =
    other.version === version
      ? `${version} exists already for ${plural.toLowerCase()}`
      : `${version} ranks the same as ${other.version}, which exists already for ${plural.toLowerCase()}`;
  throw fieldError("conflict", "version", message);
}
