import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openDatabase, type Database } from "@/server/db/client";
import { connectDevice, heartbeat, RawClient, SERVICE_ACCOUNT, startTestBroker } from "@/server/testing/broker";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { DatabaseLink } from "@/server/testing/database-link";
import type { RunningBroker } from "./start-broker";

const database = useTestDatabase();
let link: DatabaseLink;
let brokerDb: Database;
let broker: RunningBroker;
let device: Awaited<ReturnType<typeof testDevice>>;
let topic: string;

beforeAll(async () => {
  link = await DatabaseLink.open(database.url);
  brokerDb = openDatabase({ url: link.url, poolSize: 2, patienceMs: 1_000 });
});

afterAll(async () => {
  await brokerDb.$disconnect();
  await link.close();
});

beforeEach(async () => {
  broker = await startTestBroker(brokerDb);
  device = await testDevice(database.db, { farmId: (await testFarm(database.db)).id });
  topic = `smartdairy/${device.deviceId}/status`;
});

afterEach(async () => {
  link.unblock();
  await broker.stop();
});

const state = () => database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: device.id } });
const eventually = (assertion: () => Promise<void> | void) => vi.waitFor(assertion, { timeout: 10_000, interval: 30 });

describe("acknowledgement", () => {
  test.each([1, 2] as const)("at QoS %d comes after the commit", async (qos) => {
    const client = await connectDevice(broker, device);
    for (let seq = 1; seq <= 5; seq++) {
      await client.publishAsync(topic, heartbeat({ seq }), { qos });
      expect((await state()).lastSeq).toBe(BigInt(seq));
    }
    expect((await state()).messageCount).toBe(5n);
  });

  test("waits for a database that is away, and the message is stored when it is back", async () => {
    const client = await connectDevice(broker, device);
    link.block();
    let isAcknowledged = false;
    const published = client.publishAsync(topic, heartbeat({ batteryLevel: 42 }), { qos: 1 }).then(() => (isAcknowledged = true));
    await sleep(2_000);
    expect([isAcknowledged, client.connected]).toEqual([false, true]);
    expect((await state()).messageCount).toBe(0n);
    link.unblock();
    await published;
    expect(await state()).toMatchObject({ batteryLevel: 42, messageCount: 1n });
  });

  test("one message that the database refuses holds up nobody", async () => {
    const other = await testDevice(database.db, { farmId: device.farmId });
    // Overflows as the sum of two boots; nothing a schema of one message can see.
    await database.db.deviceState.update({
      where: { deviceKey: device.id },
      data: { bootId: "boot-0", uptimeSeconds: 9_000_000_000_000_000_000n, totalUptimeSeconds: 9_000_000_000_000_000_000n },
    });
    const [bad, good] = [await connectDevice(broker, device), await connectDevice(broker, other)];
    await Promise.all([
      bad.publishAsync(topic, heartbeat(), { qos: 1 }),
      good.publishAsync(`smartdairy/${other.deviceId}/status`, heartbeat({ batteryLevel: 55 }), { qos: 1 }),
    ]);
    expect(await database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: other.id } })).toMatchObject({ batteryLevel: 55 });
    expect(await state()).toMatchObject({ bootId: "boot-0", messageCount: 0n });
  });

  test("two hundred devices that talk at once are all stored", async () => {
    const others = await Promise.all(Array.from({ length: 200 }, () => testDevice(database.db, { farmId: device.farmId })));
    const clients = await Promise.all(others.map((other) => connectDevice(broker, other)));
    await Promise.all(
      clients.map((client, index) => client.publishAsync(`smartdairy/${others[index]!.deviceId}/status`, heartbeat(), { qos: 1 })),
    );
    expect(await database.db.deviceState.count({ where: { messageCount: 1n, deviceKey: { in: others.map((other) => other.id) } } })).toBe(
      200,
    );
  });
});

describe("presence", () => {
  const will = (bootId: string) => ({
    will: { topic, payload: Buffer.from(JSON.stringify({ online: false, bootId })), qos: 1 as const, retain: false },
  });

  test("a device that vanishes is offline; it comes back with its next heartbeat", async () => {
    const raw = new RawClient(broker.port);
    raw.connect(device, will("boot-1"));
    expect(await raw.returnCode()).toBe(0);
    raw.send({ cmd: "publish", topic, payload: heartbeat(), qos: 0, retain: false, dup: false });
    await eventually(async () => expect((await state()).connected).toBe(true));
    raw.socket.destroy();
    await eventually(async () => expect(await state()).toMatchObject({ connected: false, disconnectedAt: expect.any(Date) as Date }));
    const client = await connectDevice(broker, device);
    await client.publishAsync(topic, heartbeat({ seq: 2 }), { qos: 1 });
    expect((await state()).connected).toBe(true);
  });

  test("the will of a former boot is ignored", async () => {
    const old = new RawClient(broker.port);
    old.connect(device, will("boot-0"));
    expect(await old.returnCode()).toBe(0);
    // The new boot takes the old connection's place; its will comes late.
    const client = await connectDevice(broker, device);
    await client.publishAsync(topic, heartbeat({ bootId: "boot-1" }), { qos: 1 });
    await old.closed();
    await sleep(300);
    expect((await state()).connected).toBe(true);
  });

  test("a goodbye does the same as a will, a plain disconnect does nothing", async () => {
    const client = await connectDevice(broker, device, will("boot-1"));
    await client.publishAsync(topic, heartbeat(), { qos: 1 });
    await client.endAsync();
    await sleep(300);
    expect((await state()).connected).toBe(true);
    const again = await connectDevice(broker, device);
    await again.publishAsync(topic, JSON.stringify({ online: false, bootId: "boot-1" }), { qos: 1 });
    expect((await state()).connected).toBe(false);
  });

  test("when the broker itself stops, nobody is marked offline", async () => {
    const client = await connectDevice(broker, device, will("boot-1"));
    await client.publishAsync(topic, heartbeat(), { qos: 1 });
    await broker.stop();
    await sleep(200);
    expect((await state()).connected).toBe(true);
    broker = await startTestBroker(brokerDb);
  });
});

describe("load", () => {
  test("a device that publishes too fast is slowed down, loses nothing, and delays nobody", async () => {
    await broker.stop();
    broker = await startTestBroker(brokerDb, { rate: { perSecond: 20, burst: 10 } });
    const other = await testDevice(database.db, { farmId: device.farmId });
    const [flood, calm] = [await connectDevice(broker, device), await connectDevice(broker, other)];
    const publish = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => flood.publishAsync(topic, heartbeat({ seq: from + index }), { qos: 1 })));
    // What arrives in one piece is taken; the debt is paid before anything more is read.
    await publish(1, 40);
    const start = performance.now();
    const flooding = publish(41, 10);
    await calm.publishAsync(`smartdairy/${other.deviceId}/status`, heartbeat(), { qos: 1 });
    const calmMs = performance.now() - start;
    await flooding;
    const floodMs = performance.now() - start;
    expect((await state()).messageCount).toBe(50n);
    expect(floodMs).toBeGreaterThan(1_000);
    expect(calmMs).toBeLessThan(floodMs);
  });

  test("commands of the server are not slowed: each reaches its device", async () => {
    await broker.stop();
    broker = await startTestBroker(brokerDb, { rate: { perSecond: 0.1, burst: 1 } });
    const client = await connectDevice(broker, device);
    const command = `smartdairy/${device.deviceId}/command`;
    let received = 0;
    client.on("message", () => received++);
    await client.subscribeAsync(command, { qos: 2 });
    const { username, password } = SERVICE_ACCOUNT;
    const service = await connectDevice(broker, { deviceId: username, password });
    // One after the other, so that none rides along in the piece in which another arrives.
    for (let count = 0; count < 30; count++) await service.publishAsync(command, "{}", { qos: 2 });
    await eventually(() => expect(received).toBe(30));
  });

  test("a full broker refuses and serves who is there", async () => {
    await broker.stop();
    broker = await startTestBroker(brokerDb, { maxConnections: 1 });
    const client = await connectDevice(broker, device);
    const late = new RawClient(broker.port);
    late.connect(await testDevice(database.db, { farmId: device.farmId }));
    await late.closed();
    expect(client.connected).toBe(true);
    await client.endAsync();
    await vi.waitFor(() => connectDevice(broker, device), { timeout: 5_000, interval: 50 });
  });

  test("stops at once, whoever is connected without having said anything", async () => {
    const silent = new RawClient(broker.port);
    await sleep(100);
    const start = performance.now();
    await broker.stop();
    expect(performance.now() - start).toBeLessThan(3_000);
    await silent.closed();
    broker = await startTestBroker(brokerDb);
  });

  test("plain HTTP on the WebSocket port is told so", async () => {
    const status = await new Promise((resolve, reject) => {
      request({ port: broker.webSocketPort, host: "127.0.0.1" }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(426);
  });
});
