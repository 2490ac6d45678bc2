import { randomUUID } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { responsePayload, statusPayload, dataPayload } from "@/server/mqtt/payloads";
import { ConnectGate } from "./connect-gate";
import { emptyTally } from "./herd-tally";
import { TestBroker } from "./test-broker";
import { VirtualDevice } from "./virtual-device";

const QUICK = { firstMs: 20, lastMs: 100, stableMs: 60_000 };
const DEVICE_ID = "MM001";

let broker: TestBroker;
const devices: VirtualDevice[] = [];

beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()));
  await broker.stop();
});

function device(overrides: { url?: string; deviceId?: string; intervalSeconds?: number } = {}) {
  const { url = broker.url, deviceId = DEVICE_ID, intervalSeconds = 0.1 } = overrides;
  const tally = emptyTally(1);
  const virtual = new VirtualDevice({
    identity: { deviceId, type: "milk_meter", password: "p", powerSource: "mains" },
    url,
    intervalSeconds,
    speedUp: 100,
    seed: 1,
    faults: "none",
    gate: new ConnectGate(10),
    tally,
    backOff: QUICK,
  });
  devices.push(virtual);
  virtual.start();
  return { virtual, tally };
}

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 8000, interval: 10 });
const responses = (id?: string) => broker.messages(DEVICE_ID, "response").filter((message) => !id || message.id === id);
const states = (id: string) => responses(id).map((message) => message.state);

describe("connection", () => {
  test("connects as itself, asks for QoS 2 downlinks, reports at QoS 1 what the contract takes", async () => {
    device();
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
    const { virtual } = device();
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThanOrEqual(1));
    const { bootId } = broker.heartbeats(DEVICE_ID)[0]!;
    virtual.kill();
    await eventually(() => expect(broker.messages(DEVICE_ID, "status").at(-1)).toEqual({ online: false, bootId }));
  });

  test("says goodbye once when it is stopped, and is gone", async () => {
    const { virtual, tally } = device();
    await eventually(() => expect(tally.connected).toBe(1));
    await virtual.stop();
    await eventually(() => expect(tally.connected).toBe(0));
    const before = broker.uplinks.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(broker.uplinks).toHaveLength(before);
    expect(broker.messages(DEVICE_ID, "status").filter((message) => message.online === false)).toHaveLength(1);
  });

  test("comes back after the broker was away, as the same boot with the next seq", async () => {
    const { tally } = device();
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
    device({ deviceId: "MM001", url: urls[0]! });
    device({ deviceId: "MM002", url: urls[1]! });
    await eventually(() => attempts.forEach((times) => expect(times.length).toBeGreaterThanOrEqual(8)));
    for (const port of ports) port.close();
    const waits = attempts.map((times) => times.slice(1, 8).map((time, index) => Math.round((time - times[index]!) / 5)));
    expect(waits[0]).not.toEqual(waits[1]);
    for (const each of waits) expect(new Set(each).size).toBeGreaterThan(2);
  });

  test("does not settle on a connection whose subscriptions are refused", async () => {
    broker.grantedQos = undefined;
    const { tally } = device();
    await eventually(() => expect(broker.connects.length).toBeGreaterThanOrEqual(3));
    expect(broker.heartbeats(DEVICE_ID)).toEqual([]);
    expect(tally.connected).toBe(0);
    expect(tally.lastTrouble).toMatch(/subscription refused/);
    broker.grantedQos = 2;
    await eventually(() => expect(tally.connected).toBe(1));
  });
});

describe("commands", () => {
  async function running(intervalSeconds = 0.1) {
    const started = device({ intervalSeconds });
    await eventually(() => expect(started.tally.heartbeats).toBeGreaterThanOrEqual(1));
    return started;
  }

  test.each(["identify", "diagnostic", "configure"] as const)("%s is acknowledged, then succeeds", async (kind) => {
    await running();
    const params = { identify: { seconds: 5 }, diagnostic: {}, configure: { reportIntervalSeconds: 5, lowBatteryThreshold: 15 } }[kind];
    const { id } = await broker.command(DEVICE_ID, kind, params);
    await eventually(() => expect(states(id)).toEqual(["acknowledged", "succeeded"]));
    for (const response of responses(id)) expect(responsePayload.safeParse(response).error).toBeUndefined();
    if (kind === "diagnostic") {
      expect(Object.keys(responses(id)[1]!.result as object)).toEqual([
        "state",
        "sensors",
        "storage",
        "clock",
        "memory",
        "connectivity",
        "firmware",
      ]);
    }
  });

  test("takes what is granted: commands arrive at QoS 1 as well", async () => {
    broker.grantedQos = 1;
    await running();
    const { id } = await broker.command(DEVICE_ID, "diagnostic");
    await eventually(() => expect(states(id)).toEqual(["acknowledged", "succeeded"]));
  });

  test("the same command twice is done once and answered twice", async () => {
    const { tally } = await running();
    const command = await broker.command(DEVICE_ID, "diagnostic");
    await eventually(() => expect(states(command.id)).toEqual(["acknowledged", "succeeded"]));
    await broker.send(DEVICE_ID, "command", command);
    await eventually(() => expect(states(command.id)).toEqual(["acknowledged", "succeeded", "succeeded"]));
    expect(responses(command.id)[2]!.result).toEqual(responses(command.id)[1]!.result);
    expect([tally.commandsTaken, tally.commandsRepeated]).toEqual([1, 1]);
  });

  test.each([
    ["expired", "identify", { seconds: 5 }, { expiresAt: "2020-01-01T00:00:00.000Z" }, /expired/],
    ["out of order", "identify", { seconds: 5 }, { seq: 1 }, /superseded/],
    ["with bad parameters", "identify", { seconds: "long" }, {}, /seconds/],
    ["not built yet", "firmware_update", {}, {}, /not supported yet/],
  ] as const)("a command that is %s fails and is not done", async (_, kind, params, overrides, error) => {
    const { tally } = await running();
    const first = await broker.command(DEVICE_ID, "configure", { reportIntervalSeconds: 5 }, { seq: 1 });
    await eventually(() => expect(states(first.id)).toContain("succeeded"));
    const { id } = await broker.command(DEVICE_ID, kind, params, overrides);
    await eventually(() => expect(states(id)).toEqual(["failed"]));
    expect(responses(id)[0]!.error).toMatch(error);
    expect([tally.commandsTaken, tally.commandsRefused]).toEqual([1, 1]);
  });

  test("restart ends the boot with a goodbye; the next boot tells the reason and the outcome; a repeat restarts nothing", async () => {
    const { tally } = await running();
    const before = broker.heartbeats(DEVICE_ID)[0]!.bootId;
    const command = await broker.command(DEVICE_ID, "restart");
    await eventually(() => expect(states(command.id)).toEqual(["acknowledged", "succeeded"]));
    const next = broker.heartbeats(DEVICE_ID).find((heartbeat) => heartbeat.bootId !== before)!;
    expect(next).toMatchObject({ restartReason: "command", seq: 0 });
    expect(broker.messages(DEVICE_ID, "status")).toContainEqual({ online: false, bootId: before });

    await broker.send(DEVICE_ID, "command", command);
    await eventually(() => expect(states(command.id)).toEqual(["acknowledged", "succeeded", "succeeded"]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(tally.restarts).toBe(1);
  });

  test("what a restart interrupts is reported as failed", async () => {
    await running();
    const identify = await broker.command(DEVICE_ID, "identify", { seconds: 120 });
    await broker.command(DEVICE_ID, "restart");
    await eventually(() => expect(states(identify.id)).toEqual(["acknowledged", "failed"]));
    expect(responses(identify.id)[1]!.error).toMatch(/interrupted by a restart/);
  });

  test("messages that break the contract are ignored", async () => {
    const { tally } = await running();
    for (const nonsense of ["not json", "[]", { id: randomUUID() }]) await broker.send(DEVICE_ID, "command", nonsense);
    await broker.send(DEVICE_ID, "config", { version: 1, reportIntervalSeconds: 1 });
    await eventually(() => expect(tally.invalidDownlinks).toBe(4));
    expect(responses()).toEqual([]);
  });

  test("a newer config changes the interval, an older one does not", async () => {
    await running(600);
    const count = broker.heartbeats(DEVICE_ID).length;
    await broker.send(DEVICE_ID, "config", { version: 2, reportIntervalSeconds: 5 });
    await broker.send(DEVICE_ID, "config", { version: 1, reportIntervalSeconds: 600 });
    await eventually(() => expect(broker.heartbeats(DEVICE_ID).length).toBeGreaterThan(count));
  });
});
