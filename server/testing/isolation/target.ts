import { randomUUID } from "node:crypto";
import type { Database } from "@/server/db/client";
import { testDevice } from "../builders";
import { testFirmware, testRolloutRow } from "../rollouts";
import type { Target } from "./expectation";

/** One of everything on a farm, for procedures to aim at. */
export async function testTarget(
  db: Database,
  { farmId, ...device }: Parameters<typeof testDevice>[1],
): Promise<Target & { deviceKey: string }> {
  const group = await db.deviceGroup.create({ data: { farmId, name: "Group of a farm", code: `G${randomUUID().slice(0, 8)}` } });
  const { id: deviceKey, deviceId } = await testDevice(db, { ...device, farmId, groupId: group.id });
  const tag = await db.deviceTag.create({ data: { name: `Tag ${randomUUID()}`, devices: { connect: { id: deviceKey } } } });
  const token = await db.provisioningToken.create({
    data: { farmId, deviceKey, tokenHash: Buffer.from(randomUUID()), expiresAt: new Date(Date.now() + 3_600_000) },
  });
  const record = await db.maintenanceRecord.create({
    data: {
      deviceKey,
      type: "repair",
      title: "Work of a farm",
      plannedFor: new Date("2026-06-01"),
      attachments: { create: { name: "a.png", contentType: "image/png", sizeBytes: 1, content: Buffer.from([0]) } },
    },
    include: { attachments: true },
  });
  const command = await db.deviceCommand.create({
    data: { deviceKey, seq: 1, kind: "identify", expiresAt: new Date(Date.now() + 3_600_000) },
  });
  const diagnostic = await db.diagnostic.create({ data: { deviceKey, requestedAt: new Date() } });
  const bulk = await db.bulkAction.create({
    data: { kind: "restart", requestKey: randomUUID(), total: 1, items: { create: { deviceKey } } },
  });
  const alert = await db.alert.create({
    data: {
      deviceKey,
      farmId,
      condition: "firmware",
      type: "firmware_failed",
      severity: "warning",
      firstOccurrence: new Date(),
      lastOccurrence: new Date(),
    },
  });
  const firmware = await testFirmware(db, `9.9.9-${randomUUID()}`);
  const rollout = await testRolloutRow(db, { firmwareId: firmware.id, farmIds: [farmId], name: `Rollout of ${deviceId}` });
  await db.rolloutTarget.create({
    data: { rolloutId: rollout.id, position: 0, deviceKey, firmwareId: firmware.id, cohort: 1, stateAt: new Date() },
  });
  const photo = await db.devicePhoto.create({
    data: { deviceKey, contentType: "image/png", sizeBytes: 1, content: Buffer.from([0]), takenAt: new Date() },
  });
  // Of a prefix that nobody counts: each farm's block stands alone.
  const block = await db.deviceIdBlock.create({
    data: { farmId, type: "gate", prefix: "QQ", firstNumber: 1, lastNumber: 10, purpose: "labels", reservedAt: new Date() },
  });
  await db.labelPrint.create({
    data: { farmId, printedAt: new Date(), method: "pdf", stock: "l7160", template: "code", copies: 1, deviceIds: [deviceId], reprints: 0 },
  });
  const { id: importId } = await db.importJob.create({
    data: {
      fileSha256: "0".repeat(64),
      fileName: "devices-of-a-farm.csv",
      sizeBytes: 1,
      createdById: randomUUID(),
      createdByName: "Somebody",
      delimiter: ",",
      header: ["device_id"],
      fileRows: 1,
      farmIds: [farmId],
    },
  });
  return {
    farmId,
    deviceKey,
    deviceId,
    groupId: group.id,
    tagId: tag.id,
    tokenId: token.id,
    recordId: record.id,
    attachmentId: record.attachments[0]?.id ?? "",
    commandId: command.id,
    diagnosticId: diagnostic.id,
    bulkId: bulk.id,
    alertId: alert.id,
    firmwareId: firmware.id,
    rolloutId: rollout.id,
    photoId: photo.id,
    blockId: block.id,
    importId,
  };
}
