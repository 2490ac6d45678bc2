import type { Database } from "@/server/db/client";
import { testDevice, testFarm } from "./builders";

const MINUTE = 60_000;

/** Six devices on two farms, of every state. */
export async function testHerd(db: Database) {
  const { id: north } = await testFarm(db, { code: "NORD", name: "Nordhof" });
  const { id: moor } = await testFarm(db, { code: "MOOR", name: "Moorland" });
  const now = Date.now();
  const heard = (minutes: number) => ({ lastSeenAt: new Date(now - minutes * MINUTE), connected: true });
  const parlour = await db.deviceGroup.create({ data: { name: "Parlour", code: "PARLOUR", farmId: north } });
  const left = await db.deviceGroup.create({ data: { name: "Left side", code: "LEFT", farmId: north, parentId: parlour.id } });
  const tag = await db.deviceTag.create({ data: { name: "Trial" } });
  await testDevice(db, {
    groupId: left.id,
    tags: { connect: { id: tag.id } },
    nextMaintenanceDate: new Date(now + 3 * 24 * 60 * MINUTE),
    calibrationStatus: "due",
    farmId: north,
    deviceId: "MM001",
    name: "Stall 100%",
    serialNumber: "LF_1",
    lifecycle: "active",
    state: { ...heard(1), healthStatus: "healthy", healthScore: 100, batteryLevel: 80, signalStrength: -50 },
  });
  await testDevice(db, {
    farmId: north,
    deviceId: "MM002",
    name: "Stall 1000",
    serialNumber: "LFX1",
    lifecycle: "active",
    groupId: parlour.id,
    nextMaintenanceDate: new Date(now - 3 * 24 * 60 * MINUTE),
    connectionType: "lora",
    state: {
      firmwareVersion: "2.1.0",
      signalQuality: "poor",
      ...heard(20),
      healthStatus: "critical",
      healthScore: 30,
      needsAttention: true,
      batteryLevel: 5,
      signalStrength: -95,
    },
  });
  await testDevice(db, {
    farmId: north,
    deviceId: "TS010",
    type: "temperature",
    name: "O'Hara's tank",
    location: "Tank \\ room",
    lifecycle: "maintenance",
    state: { ...heard(2), healthStatus: "warning", healthScore: 60 },
  });
  await testDevice(db, {
    farmId: moor,
    deviceId: "AC003",
    type: "collar",
    name: "Collar",
    macAddress: "02:AA:00:00:00:01",
    model: "R5",
    lifecycle: "provisioned",
  });
  await testDevice(db, {
    farmId: moor,
    deviceId: "MM999",
    name: "Retired",
    lifecycle: "decommissioned",
    state: { healthStatus: "critical", needsAttention: false },
  });
  await testDevice(db, { farmId: moor, deviceId: "FD000123", type: "feeder", name: "Draft", lifecycle: "draft" });
  return { north, moor, parlourId: parlour.id, tagId: tag.id };
}
