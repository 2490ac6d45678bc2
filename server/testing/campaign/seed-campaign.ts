import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@/server/db/client";
import { sampleImage } from "@/server/domain/firmware/sample-image";
import { hashSecret } from "@/server/services/provisioning/secret";
import type { DeviceIdentity } from "@/simulator/device-identity";
import { testFarm } from "../builders";
import { testFirmware } from "../rollouts";

export const FORMER_VERSION = "1.0.0";
export const NEXT_VERSION = "2.0.0";
const TYPE = "milk_meter";
const PASSWORD = "campaign-campaign-campaign-campaign-campaign";

/** A farm, its milk meters with credentials, and a version for them whose file is in the store. @returns the meters */
export async function seedCampaign(
  db: Database,
  { devices, dataFolder }: { devices: number; dataFolder: string },
): Promise<{ firmwareId: string; herd: DeviceIdentity[] }> {
  const farm = await testFarm(db);
  const herd = Array.from({ length: devices }, (_, index): DeviceIdentity => {
    return { deviceId: `MM${String(10_001 + index)}`, type: TYPE, password: PASSWORD, powerSource: "mains" };
  });
  const created = await db.device.createManyAndReturn({
    data: herd.map(({ deviceId }) => ({
      deviceId,
      name: deviceId,
      type: TYPE,
      farmId: farm.id,
      lifecycle: "provisioned",
      powerSource: "mains",
    })),
    select: { id: true },
  });
  await db.deviceState.createMany({ data: created.map(({ id }) => ({ deviceKey: id })) });
  const secretHash = hashSecret(PASSWORD);
  await db.deviceCredential.createMany({ data: created.map(({ id }) => ({ deviceKey: id, secretHash, issuedAt: new Date() })) });
  await testFirmware(db, FORMER_VERSION);
  const { id: firmwareId } = await testFirmware(db, NEXT_VERSION);
  const image = sampleImage({ type: TYPE, version: NEXT_VERSION });
  const sha256 = createHash("sha256").update(image).digest("hex");
  await mkdir(path.join(dataFolder, "firmware"), { recursive: true });
  await writeFile(path.join(dataFolder, "firmware", `${sha256}.bin`), image);
  await db.firmwareArtifact.create({ data: { sha256, sizeBytes: image.length, format: "mcuboot" } });
  await db.firmwareVersion.update({ where: { id: firmwareId }, data: { artifactSha256: sha256 } });
  return { firmwareId, herd };
}
