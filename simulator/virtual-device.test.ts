import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataPayload, statusPayload } from "@/server/mqtt/payloads";
import { DEVICE_ID, eventually, TestBench } from "./test-bench";
import type { TestBroker } from "./test-broker";

let bench: TestBench;
let broker: TestBroker;
beforeEach(async () => {
  bench = await TestBench.start();
  broker = bench.broker;
});
afterEach(() => bench.stop());

describe("connection", () => {
  test("connects as itself, asks for QoS 2 downlinks, reports at QoS 1 what the contract takes", async () => {
    bench.device();
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThanOrEqual(3));
    await eventually(() => expect(broker.messages(DEVICE_ID, "data").length).toBeGreaterThanOrEqual(1));
    expect(broker.connects).toEqual([{ clientId: DEVICE_ID, username: DEVICE_ID, clean: true, keepaliveSeconds: 60 }]);
    expect(broker.subscriptions.map(({ topic, qos }) => [topic, qos])).toEqual([
      ["smartdairy/MM001/command", 2],
      ["smartdairy/MM001/config", 2],
    ]);
    for (const uplink of broker.uplinks) expect([uplink.qos, uplink.retain]).toEqual([1, false]);
    const heartbeats = broker.heartbeats(DEVICE_ID);
    for (const heartbeat of heartbeats) expect(statusPayload.safeParse(heartbeat).error).toBeUndefined();
    for (const data of broker.messages(DEVICE_ID, "data")) expect(dataPayload.safeParse(data).success).toBe(true);
    expect(heartbeats.map((heartbeat) => heartbeat.seq)).toEqual(heartbeats.map((_, index) => index));
    expect(heartbeats.map((heartbeat) => heartbeat.restartReason)).toEqual(["power_on", ...heartbeats.slice(1).map(() => undefined)]);
  });

  test("dies with its will, which names the boot", async () => {
    const { virtual } = bench.device();
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThanOrEqual(1));
    const { bootId } = broker.heartbeats(DEVICE_ID)[0]!;
    virtual.kill();
    await eventually(() => expect(broker.messages(DEVICE_ID, "status").at(-1)).toEqual({ online: false, bootId }));
  });

  test("says goodbye once when it is stopped, and is gone", async () => {
    const { virtual, tally } = bench.device();
    await eventually(() => expect(tally.connected).toBe(1));
    await virtual.stop();
    await eventually(() => expect(tally.connected).toBe(0));
    const before = broker.uplinks.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(broker.uplinks).toHaveLength(before);
    expect(broker.messages(DEVICE_ID, "status").filter((message) => message.online === false)).toHaveLength(1);
  });

  test("comes back after the broker was away, as the same boot with the next seq", async () => {
    const { tally } = bench.device();
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThanOrEqual(2));
    await broker.goDown();
    await eventually(() => expect(tally.connectionsLost).toBe(1));
    const before = broker.heartbeats(DEVICE_ID).length;
    await broker.reopen();
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThan(before + 1));
    expect(new Set(broker.heartbeats(DEVICE_ID).map((heartbeat) => heartbeat.bootId)).size).toBe(1);
    const numbers = broker.heartbeats(DEVICE_ID).map((heartbeat) => heartbeat.seq as number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(tally.connected).toBe(1);
  });

  test("keeps trying with growing, jittered waits that differ between devices", async () => {
    const attempts = [[], []] as number[][];
    const ports = attempts.map((times) => createServer((socket) => (times.push(performance.now()), socket.destroy())));
    for (const port of ports) await new Promise<void>((resolve) => port.listen(0, "127.0.0.1", resolve));
    const urls = ports.map((port) => `mqtt://127.0.0.1:${(port.address() as AddressInfo).port}`);
    bench.device({ deviceId: "MM001", url: urls[0]! });
    bench.device({ deviceId: "MM002", url: urls[1]! });
    await eventually(() => attempts.forEach((times) => expect(times.length).toBeGreaterThanOrEqual(8)));
    for (const port of ports) port.close();
    const waits = attempts.map((times) => times.slice(1, 8).map((time, index) => Math.round((time - times[index]!) / 5)));
    expect(waits[0]).not.toEqual(waits[1]);
    for (const each of waits) expect(new Set(each).size).toBeGreaterThan(2);
  });

  test("does not settle on a connection whose subscriptions are refused", async () => {
    broker.grantedQos = undefined;
    const { tally } = bench.device();
    await eventually(() => expect(broker.connects.length).toBeGreaterThanOrEqual(3));
    expect(broker.heartbeats(DEVICE_ID)).toEqual([]);
    expect(tally.connected).toBe(0);
    expect(tally.lastTrouble).toMatch(/subscription refused/);
    broker.grantedQos = 2;
    await eventually(() => expect(tally.connected).toBe(1));
  });
});
