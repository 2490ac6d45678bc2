import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase } from "@/server/db/client";
import { startBridge } from "@/server/mqtt/bridge";
import { connectService, watchConnection } from "@/server/mqtt/connect-service";
import { watchSys } from "@/server/mqtt/watch-sys";
import { testDevice, testFarm } from "../builders";
import { serveMigrated, useTestDatabase } from "../database";

const database = useTestDatabase();
const PORT = 20_000 + Math.floor(Math.random() * 20_000);
const URL = `mqtt://127.0.0.1:${PORT}`;
let mosquitto: ChildProcess;
let device: MqttClient;

beforeAll(async () => {
  mosquitto = spawn("mosquitto", ["-p", String(PORT)], { stdio: "ignore", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  device = await connectAsync(URL, { clientId: "device" });
});
afterAll(async () => {
  await device.endAsync(true);
  mosquitto.kill();
  await once(mosquitto, "exit");
});

const heartbeat = (seq: number) => JSON.stringify({ bootId: "boot", seq, batteryLevel: 50 + seq });
const bridgeClient = () => connectService(URL, { username: "service", password: "unused", clientId: "bridge", clean: false });

async function batteryOf(deviceId: string) {
  const found = await database.db.device.findUniqueOrThrow({ where: { deviceId }, include: { state: true } });
  return found.state?.batteryLevel;
}

describe("the bridge at Mosquitto", () => {
  test("stores what devices publish, ignores strangers' topics, and goes on after a broken payload", async () => {
    const farm = await testFarm(database.db);
    const { deviceId } = await testDevice(database.db, { farmId: farm.id, lifecycle: "provisioned" });
    const client = bridgeClient();
    const bridge = startBridge(database.db, client);
    await vi.waitFor(() => expect(client.connected).toBe(true));
    await vi.waitFor(() =>
      expect(bridge.subscriptions()).toEqual(
        ["data", "status", "response", "firmware"].map((channel) => ({ filter: `smartdairy/+/${channel}`, qos: 1 })),
      ),
    );
    await vi.waitFor(async () => {
      await device.publishAsync(`smartdairy/${deviceId}/status`, "{ not json", { qos: 1 });
      await device.publishAsync("smartdairy/stranger/status", heartbeat(9), { qos: 1 });
      await device.publishAsync(`smartdairy/${deviceId}/status`, heartbeat(1), { qos: 1 });
      expect(await batteryOf(deviceId)).toBe(51);
    }, 20_000);
    expect(bridge.receivedPerMinute()).toBeGreaterThanOrEqual(3);
    await client.endAsync();
    await bridge.stop();
  });

  test("does not acknowledge what is not committed: Mosquitto delivers it to the next bridge", async () => {
    const farm = await testFarm(database.db);
    const { deviceId } = await testDevice(database.db, { farmId: farm.id, lifecycle: "provisioned" });
    const gone = await serveMigrated();
    const unreachable = openDatabase({ url: gone.url, poolSize: 1 });
    await gone.stop();

    const first = bridgeClient();
    void startBridge(unreachable, first);
    await vi.waitFor(() => expect(first.connected).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await device.publishAsync(`smartdairy/${deviceId}/status`, heartbeat(7), { qos: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await first.endAsync(true);

    const second = bridgeClient();
    const bridge = startBridge(database.db, second);
    await vi.waitFor(async () => expect(await batteryOf(deviceId)).toBe(57), { timeout: 10_000 });
    await second.endAsync();
    await bridge.stop();
    await unreachable.$disconnect();
  });
});

test("Mosquitto says how it is", async () => {
  const client = connectService(URL, { username: "service", password: "unused", clientId: "sys", clean: true });
  const since = watchConnection(client);
  expect(since()).toBeNull();
  const sys = watchSys(client);
  await vi.waitFor(
    () =>
      expect(sys.facts()).toMatchObject({
        version: expect.stringContaining("mosquitto") as string,
        clients: expect.any(Number) as number,
        receivedPerMinute: expect.any(Number) as number,
      }),
    { timeout: 20_000 },
  );
  expect(since()).toBeInstanceOf(Date);
  await sys.stop();
  expect([sys.facts(), since()]).toEqual([null, null]);
});
