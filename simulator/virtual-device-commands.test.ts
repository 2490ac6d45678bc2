import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { responsePayload } from "@/server/mqtt/payloads";
import { DEVICE_ID, eventually, TestBench } from "./test-bench";
import type { TestBroker } from "./test-broker";

let bench: TestBench;
let broker: TestBroker;
beforeEach(async () => {
  bench = await TestBench.start();
  broker = bench.broker;
});
afterEach(() => bench.stop());

const responses = (id?: string) => broker.messages(DEVICE_ID, "response").filter((message) => !id || message.id === id);
const states = (id: string) => responses(id).map((message) => message.state);

describe("commands", () => {
  async function running(intervalSeconds = 0.1) {
    const started = bench.device({ intervalSeconds });
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
    ["without an address", "firmware_update", { execution: randomUUID(), attempt: 1, manifest: "a.b.c" }, {}, /url/],
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
