import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Aedes } from "aedes";
import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDatabase, type Database } from "@/server/db/client";
import { heartbeat } from "@/server/testing/broker";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { DatabaseLink } from "@/server/testing/database-link";
import { startBridge } from "./bridge";
import { connectService } from "./connect-service";

const database = useTestDatabase();
let link: DatabaseLink;
let bridgeDb: Database;
let aedes: Aedes;
let server: Server;
let ingest: MqttClient;
let bridge: ReturnType<typeof startBridge>;
let publisher: MqttClient;
let device: Awaited<ReturnType<typeof testDevice>>;
/** Message ids that the bridge has acknowledged to the broker. */
let acknowledged: number[];

beforeEach(async () => {
  acknowledged = [];
  link = await DatabaseLink.open(database.url);
  bridgeDb = openDatabase({ url: link.url, poolSize: 2, patienceMs: 1_000 });
  device = await testDevice(database.db, { farmId: (await testFarm(database.db)).id });
  aedes = await Aedes.createBroker();
  aedes.on("ack", (packet, client) => {
    if (client.id === "smartdairy-worker") acknowledged.push((packet as { messageId?: number } | undefined)?.messageId ?? -1);
  });
  server = createServer((socket: Socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ingest = connectService(url, { username: "u", password: "p", clientId: "smartdairy-worker", clean: false });
  bridge = startBridge(bridgeDb, ingest);
  const subscribed = new Promise<void>((resolve) => aedes.on("subscribe", () => resolve()));
  publisher = await connectAsync(url, { clientId: device.deviceId, reconnectPeriod: 0 });
  await subscribed;
});

afterEach(async () => {
  link.unblock();
  await publisher.endAsync(true);
  await ingest.endAsync(true);
  await bridge.stop();
  await new Promise<void>((resolve) => aedes.close(resolve));
  await new Promise((resolve) => server.close(resolve));
  await bridgeDb.$disconnect();
  await link.close();
});

const state = () => database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: device.id } });
const publish = (payload: string, topic = `smartdairy/${device.deviceId}/status`) => publisher.publishAsync(topic, payload, { qos: 1 });
const eventually = (assertion: () => Promise<void> | void) => vi.waitFor(assertion, { timeout: 15_000, interval: 30 });

describe("the bridge to an external broker", () => {
  test("stores what devices say, then acknowledges", async () => {
    for (let seq = 1; seq <= 20; seq++) await publish(heartbeat({ seq, batteryLevel: seq }));
    await eventually(() => expect(acknowledged).toHaveLength(20));
    expect(await state()).toMatchObject({ batteryLevel: 20, messageCount: 20n });
  });

  test("acknowledges nothing while the database is away, everything when it is back", async () => {
    link.block();
    for (let seq = 1; seq <= 5; seq++) await publish(heartbeat({ seq }));
    await sleep(1_500);
    expect(acknowledged).toEqual([]);
    link.unblock();
    await eventually(() => expect(acknowledged).toHaveLength(5));
    expect((await state()).messageCount).toBe(5n);
  });

  test("what was not acknowledged is delivered again to the next process, and counted in its order", async () => {
    link.block();
    await publish(heartbeat({ seq: 7 }));
    await sleep(500);
    ingest.stream.destroy();
    link.unblock();
    await eventually(() => expect(acknowledged).toHaveLength(1));
    expect(await state()).toMatchObject({ lastSeq: 7n, connected: true });
  });

  test("nonsense, foreign topics and huge payloads hold nobody up", async () => {
    await publish("{not json");
    await publish(heartbeat(), "smartdairy/lower/status");
    await publish("x".repeat(70_000));
    await publish(heartbeat({ batteryLevel: 66 }));
    await eventually(() => expect(acknowledged).toHaveLength(4));
    expect(await state()).toMatchObject({ batteryLevel: 66, invalidMessageCount: 2n });
  });
});
