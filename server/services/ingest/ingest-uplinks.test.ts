import { beforeEach, describe, expect, test } from "vitest";
import type { Uplink } from "@/server/domain/devices/fold-uplink";
import { countStatements } from "@/server/testing/count-statements";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { ingestUplinks, type DeviceUplink } from "./ingest-uplinks";

const database = useTestDatabase();
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.changeFeed.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

function heartbeat(
  deviceId: string,
  values: Partial<Extract<Uplink, { kind: "heartbeat" }>["heartbeat"]> = {},
  receivedAt = new Date(),
): DeviceUplink {
  return { deviceId, uplink: { kind: "heartbeat", receivedAt, bytes: 100, heartbeat: { bootId: "boot-1", seq: 1, ...values } } };
}

const ingest = (...batch: DeviceUplink[]) => ingestUplinks(database.db, batch, new Date());
const stateOf = (deviceId: string) => database.db.deviceState.findFirstOrThrow({ where: { device: { deviceId } } });

async function createDevices(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    deviceId: `MM${String(100_000 + index)}`,
    name: "D",
    type: "milk_meter" as const,
    farmId,
    lifecycle: "provisioned" as const,
  }));
  const created = await database.db.device.createManyAndReturn({ data: rows, select: { id: true, deviceId: true } });
  await database.db.deviceState.createMany({ data: created.map(({ id }) => ({ deviceKey: id })) });
  return created.map(({ deviceId }) => deviceId);
}

describe("ingest", () => {
  test("writes everything a heartbeat says, and judges it", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const at = new Date();
    await ingest(
      heartbeat(
        deviceId,
        {
          ts: 1_700_000_000_000,
          firmwareVersion: "2.1.0",
          batteryLevel: 0,
          batteryVoltage: 3.3,
          signalStrength: -60,
          uptimeSeconds: 10,
          errorCount: 6,
          ssid: "barn 🐄",
          connectionType: "wifi",
          bytesTransmitted: 4096,
        },
        at,
      ),
    );
    expect(await stateOf(deviceId)).toMatchObject({
      lastSeenAt: at,
      connected: true,
      bootId: "boot-1",
      lastSeq: 1n,
      deviceTime: new Date(1_700_000_000_000),
      firmwareVersion: "2.1.0",
      batteryLevel: 0,
      signalStrength: -60,
      signalQuality: "good",
      uptimeSeconds: 10n,
      errorCount: 6,
      ssid: "barn 🐄",
      connectionType: "wifi",
      bootBytesTransmitted: 4096n,
      messageCount: 1n,
      healthStatus: "critical",
      healthScore: 18,
      needsAttention: true,
    });
  });

  test("a thousand devices cost as many statements as one", async () => {
    const ids = await createDevices(1_000);
    const one = await countStatements(() => ingest(heartbeat(ids[0]!)));
    const thousand = await countStatements(() => ingest(...ids.map((id) => heartbeat(id, { seq: 2 }))));
    expect(one).toBeLessThan(20);
    expect(thousand).toBe(one);
    expect(await database.db.device.count({ where: { lifecycle: "active" } })).toBe(1_000);
    const later = await countStatements(() => ingest(...ids.map((id) => heartbeat(id, { seq: 3 }))));
    expect(later).toBeLessThan(one);
    expect(await database.db.deviceState.count({ where: { lastSeq: 3n } })).toBe(1_000);
  });

  test("folds several messages of one device in their order", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await ingest(heartbeat(deviceId, { seq: 1, batteryLevel: 50 }), heartbeat(deviceId, { seq: 2, batteryLevel: 49 }), {
      deviceId,
      uplink: { kind: "offline", bootId: "boot-1", receivedAt: new Date(), bytes: 10 },
    });
    expect(await stateOf(deviceId)).toMatchObject({ batteryLevel: 49, connected: false, messageCount: 2n });
  });

  test("drops messages of unknown and of retired devices, and keeps the others", async () => {
    const good = await testDevice(database.db, { farmId });
    const retired = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await ingest(heartbeat("MM404"), heartbeat(retired.deviceId), heartbeat(good.deviceId));
    expect((await stateOf(good.deviceId)).messageCount).toBe(1n);
    expect(await stateOf(retired.deviceId)).toMatchObject({ messageCount: 0n, connected: false, lastSeenAt: null });
    expect(await database.db.changeFeed.findMany()).toMatchObject([{ ids: [good.deviceId] }]);
    await ingest(heartbeat("MM404"));
    expect(await database.db.changeFeed.count()).toBe(1);
  });

  test("the first message activates a device once, by its own hand", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const first = new Date();
    await ingest(heartbeat(deviceId, { seq: 1 }, first));
    await ingest(heartbeat(deviceId, { seq: 2 }));
    const row = await database.db.device.findUniqueOrThrow({ where: { deviceId } });
    expect(row.lifecycle).toBe("active");
    expect(row.firstConnectedAt!.getTime() - first.getTime()).toBeLessThan(5_000);
    expect(await database.db.auditEvent.findMany({ where: { subjectId: deviceId } })).toMatchObject([
      { action: "device.activated", actorKind: "device", actorLabel: deviceId },
    ]);
  });

  test.each(["draft", "maintenance"] as const)("a %s device stays what it is", async (lifecycle) => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle });
    await ingest(heartbeat(deviceId, { batteryLevel: 1 }));
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({ lifecycle });
    expect((await stateOf(deviceId)).needsAttention).toBe(lifecycle !== "maintenance");
  });

  test("a will alone activates nothing", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await ingest({ deviceId, uplink: { kind: "offline", bootId: "b", receivedAt: new Date(), bytes: 10 } });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({ lifecycle: "provisioned" });
  });

  test("what cannot be read is counted and shown, and proves life", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await ingest({ deviceId, uplink: { kind: "invalid", reason: "status: payload is not valid JSON", receivedAt: new Date(), bytes: 10 } });
    expect(await stateOf(deviceId)).toMatchObject({
      invalidMessageCount: 1n,
      lastInvalidReason: "status: payload is not valid JSON",
      connected: true,
    });
  });

  test("overlapping batches from several processes lose no message", async () => {
    const ids = await createDevices(20);
    const batches = Array.from({ length: 12 }, (_, index) => {
      const messages = ids.map((deviceId): DeviceUplink => ({ deviceId, uplink: { kind: "other", receivedAt: new Date(), bytes: 1 } }));
      return index % 2 === 0 ? messages : messages.reverse();
    });
    await Promise.all(batches.map((batch) => ingest(...batch)));
    const states = await database.db.deviceState.findMany({ where: { device: { deviceId: { in: ids } } } });
    expect(new Set(states.map((state) => state.messageCount))).toEqual(new Set([12n]));
    expect(await database.db.auditEvent.count({ where: { farmId, action: "device.activated" } })).toBe(20);
  });
});
