import { generate } from "mqtt-packet";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closed, connectDevice, heartbeat, RawClient, SERVICE_ACCOUNT, startTestBroker } from "@/server/testing/broker";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import type { RunningBroker } from "./start-broker";

const database = useTestDatabase();
let broker: RunningBroker;
let device: Awaited<ReturnType<typeof testDevice>>;
let neighbour: Awaited<ReturnType<typeof testDevice>>;
let farmId: string;

beforeAll(async () => {
  broker = await startTestBroker(database.db);
  farmId = (await testFarm(database.db)).id;
});

afterAll(() => broker.stop());

beforeEach(async () => {
  [device, neighbour] = [await testDevice(database.db, { farmId }), await testDevice(database.db, { farmId })];
});

const stateOf = ({ id }: { id: string }) => database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: id } });
const expand = (topic: string) => topic.replace("OWN", device.deviceId).replace("OTHER", neighbour.deviceId);

describe("subscribing", () => {
  test.each(["smartdairy/OWN/command", "smartdairy/OWN/config"])("%s is granted", async (topic) => {
    const client = await connectDevice(broker, device);
    expect(await client.subscribeAsync(expand(topic), { qos: 2 })).toEqual([{ topic: expand(topic), qos: 2 }]);
  });

  test.each([
    "smartdairy/OTHER/command",
    "smartdairy/OWN/status",
    "smartdairy/OWN/#",
    "smartdairy/+/command",
    "smartdairy/#",
    "#",
    "+/+/+",
    "$SYS/#",
    "$SYS/broker/version",
    "$share/g/smartdairy/OWN/command",
    "elsewhere/OWN/command",
    "smartdairy/OWN/command/x",
  ])("%s is refused, and nothing of it arrives", async (topic) => {
    const client = await connectDevice(broker, device);
    const received: string[] = [];
    client.on("message", (from) => received.push(from));
    await expect(client.subscribeAsync(expand(topic), { qos: 1 })).rejects.toThrow();
    const other = await connectDevice(broker, neighbour);
    await other.publishAsync(`smartdairy/${neighbour.deviceId}/status`, heartbeat(), { qos: 1 });
    const service = await connectDevice(broker, { deviceId: SERVICE_ACCOUNT.username, password: SERVICE_ACCOUNT.password });
    await service.publishAsync(expand("smartdairy/OTHER/command"), "{}", { qos: 1 });
    await client.subscribeAsync(expand("smartdairy/OWN/command"), { qos: 1 });
    await service.publishAsync(expand("smartdairy/OWN/command"), "{}", { qos: 1 });
    await vi.waitFor(() => expect(received).toEqual([expand("smartdairy/OWN/command")]));
  });
});

describe("publishing", () => {
  test.each(["data", "status", "response", "firmware"])("on its own %s channel is stored", async (channel) => {
    const client = await connectDevice(broker, device);
    await client.publishAsync(`smartdairy/${device.deviceId}/${channel}`, "{}", { qos: 1 });
    expect(await stateOf(device)).toMatchObject({ messageCount: 1n });
    expect(client.connected).toBe(true);
  });

  test.each([
    ["smartdairy/OTHER/status", {}],
    ["smartdairy/OWN/command", {}],
    ["smartdairy/OTHER/command", {}],
    ["$SYS/x/new/clients", {}],
    ["elsewhere", {}],
    ["smartdairy/OWN/status/x", {}],
    ["a/b/c/d/e/f/g/h/i/j/k", {}],
    ["smartdairy/OWN/status", { retain: true }],
  ])("to %s %j ends the connection, is not acknowledged, and touches nobody", async (topic, options) => {
    const victim = await connectDevice(broker, neighbour);
    const received: string[] = [];
    victim.on("message", (from) => received.push(from));
    await victim.subscribeAsync(`smartdairy/${neighbour.deviceId}/command`, { qos: 1 });
    const client = await connectDevice(broker, device);
    let acknowledged = false;
    client.publish(expand(topic), heartbeat(), { qos: 1, ...options }, (error) => (acknowledged = !error));
    await closed(client);
    expect([acknowledged, received, victim.connected]).toEqual([false, [], true]);
    expect((await stateOf(neighbour)).messageCount).toBe(0n);
  });

  test("to a foreign topic shows on the device's own page", async () => {
    const client = await connectDevice(broker, device);
    client.publish(expand("smartdairy/OTHER/status"), heartbeat(), { qos: 1 });
    await closed(client);
    await vi.waitFor(async () => {
      const { invalidMessageCount, lastInvalidReason } = await stateOf(device);
      expect([invalidMessageCount, lastInvalidReason]).toEqual([
        1n,
        expand("published to smartdairy/OTHER/status: topic of another device"),
      ]);
    });
  });

  test.each(["smartdairy/+/status", "smartdairy/#", ""])("to the malformed topic %j ends the connection", async (topic) => {
    const raw = new RawClient(broker.port);
    raw.connect(device);
    expect(await raw.returnCode()).toBe(0);
    const body = Buffer.from(topic);
    raw.send(Buffer.concat([Buffer.from([0x30, body.length + 4, 0, body.length]), body, Buffer.from("{}")]));
    await raw.closed();
  });

  test("what cannot be read is acknowledged, counted and shown; the connection stays", async () => {
    const client = await connectDevice(broker, device);
    const topic = `smartdairy/${device.deviceId}/status`;
    await client.publishAsync(topic, "{not json", { qos: 1 });
    await client.publishAsync(topic, JSON.stringify({ bootId: "b", seq: 1, batteryLevel: 101 }), { qos: 1 });
    expect(await stateOf(device)).toMatchObject({
      invalidMessageCount: 2n,
      lastInvalidReason: expect.stringContaining("status: batteryLevel: ") as string,
    });
    await client.publishAsync(topic, heartbeat({ batteryLevel: 77 }), { qos: 1 });
    expect(await stateOf(device)).toMatchObject({ invalidMessageCount: 2n, batteryLevel: 77, messageCount: 3n });
    expect(client.connected).toBe(true);
  });

  test("the service may command devices and nothing else", async () => {
    const service = await connectDevice(broker, { deviceId: SERVICE_ACCOUNT.username, password: SERVICE_ACCOUNT.password });
    await expect(service.subscribeAsync("smartdairy/+/status", { qos: 1 })).rejects.toThrow();
    await service.publishAsync(`smartdairy/${device.deviceId}/command`, "{}", { qos: 2 });
    service.publish(`smartdairy/${device.deviceId}/status`, heartbeat(), { qos: 1 });
    await closed(service);
    expect((await stateOf(device)).messageCount).toBe(0n);
  });

  test("a will on a foreign topic is not delivered", async () => {
    const raw = new RawClient(broker.port);
    raw.connect(device, {
      will: { topic: `smartdairy/${neighbour.deviceId}/status`, payload: Buffer.from(heartbeat()), qos: 1, retain: false },
    });
    expect(await raw.returnCode()).toBe(0);
    raw.socket.destroy();
    await vi.waitFor(async () => expect((await stateOf(device)).invalidMessageCount).toBe(1n));
    expect((await stateOf(neighbour)).messageCount).toBe(0n);
  });
});

describe("size", () => {
  const publishOf = (bytes: number) =>
    generate({
      cmd: "publish",
      topic: `smartdairy/${device.deviceId}/data`,
      payload: Buffer.alloc(bytes, 0x20),
      qos: 1,
      messageId: 7,
      retain: false,
      dup: false,
    });

  test("before CONNECT even an announced large packet ends the connection at once", async () => {
    const raw = new RawClient(broker.port);
    raw.send(Buffer.from([0x10, 0xff, 0xff, 0x7f]));
    await raw.closed();
    expect(raw.received.length).toBe(0);
  });

  test("a CONNECT of 5 KB is refused, one with a long will is not", async () => {
    const big = new RawClient(broker.port);
    big.connect({ ...device, password: "x".repeat(5_000) });
    await big.closed();
    expect(big.received.length).toBe(0);
    const fitting = new RawClient(broker.port);
    fitting.connect(device, {
      will: {
        topic: `smartdairy/${device.deviceId}/status`,
        payload: Buffer.from(heartbeat({ ssid: "x".repeat(60) })),
        qos: 1,
        retain: false,
      },
    });
    expect(await fitting.returnCode()).toBe(0);
  });

  test("after CONNECT 64 KB pass, more ends the connection before its body is read", async () => {
    const raw = new RawClient(broker.port);
    raw.connect(device);
    expect(await raw.returnCode()).toBe(0);
    raw.send(publishOf(64 * 1024));
    await vi.waitUntil(() => raw.received.length >= 8, { timeout: 10_000 });
    expect([...raw.received.subarray(4, 8)]).toEqual([0x40, 2, 0, 7]);
    raw.send(publishOf(64 * 1024 + 1_000).subarray(0, 10));
    await raw.closed();
  });

  test.each([
    ["nonsense", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    ["a length of five bytes", Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80, 0x01])],
    ["a PUBLISH before CONNECT", Buffer.from([0x30, 5, 0, 1, 0x61, 0x7b, 0x7d])],
    ["MQTT 5", generate({ cmd: "connect", clientId: "MM001", protocolId: "MQTT", protocolVersion: 5, clean: true, keepalive: 60 })],
  ])("%s ends the connection and harms nobody", async (_, bytes) => {
    const raw = new RawClient(broker.port);
    raw.send(bytes);
    await raw.closed();
    await expect(connectDevice(broker, device)).resolves.toBeDefined();
  });
});
