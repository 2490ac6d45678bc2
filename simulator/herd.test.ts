import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DEVICE_TYPES, DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { statusPayload } from "@/server/mqtt/payloads";
import { startHerd, type Herd } from "./herd";
import { TestBroker } from "./test-broker";

const QUICK = { firstMs: 20, lastMs: 100, stableMs: 60_000 };
const DEVICES = Array.from({ length: 21 }, (_, index) => {
  const type = DEVICE_TYPES[index % DEVICE_TYPES.length]!;
  return { deviceId: `${DEVICE_TYPE_FACTS[type].prefix}${100 + index}`, type, password: "p" };
});

let broker: TestBroker;
let herd: Herd | undefined;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(async () => {
  await herd?.stop();
  herd = undefined;
  await broker.stop();
});

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 15_000, interval: 20 });

describe("herd", () => {
  test("all seven types come up, are heard, and leave with a goodbye", async () => {
    const lines: string[] = [];
    const started = startHerd({
      devices: DEVICES,
      url: broker.url,
      intervalSeconds: 0.3,
      faults: "none",
      log: (line) => lines.push(line),
      backOff: QUICK,
    });
    herd = started;
    await eventually(() => expect(started.stats()).toMatchObject({ devices: 21, connected: 21 }));
    await eventually(() => expect(started.stats().heartbeats).toBeGreaterThan(60));
    await started.stop();
    for (const { deviceId } of DEVICES) {
      const statuses = broker.messages(deviceId, "status");
      expect(statuses.at(-1)).toMatchObject({ online: false });
      for (const status of statuses) expect(statusPayload.safeParse(status).success).toBe(true);
    }
    expect(started.stats()).toMatchObject({ connected: 0, connectionsLost: 0, troubles: 0 });
    expect(lines.at(-1)).toMatch(/0\/21 connected/);
  });

  test("lives through harsh faults in fast time: devices restart, drop out and return, and every message holds the contract", async () => {
    const started = startHerd({
      devices: DEVICES,
      url: broker.url,
      intervalSeconds: 0.2,
      speedUp: 20_000,
      faults: "harsh",
      backOff: QUICK,
    });
    herd = started;
    await eventually(() => {
      expect(started.stats().restarts).toBeGreaterThan(10);
      expect(started.stats().connectionsLost).toBeGreaterThan(10);
    });
    await eventually(() => expect(started.stats().connected).toBeGreaterThan(15));
    await eventually(() => {
      const boots = new Set(DEVICES.flatMap(({ deviceId }) => broker.heartbeats(deviceId).map((heartbeat) => heartbeat.bootId)));
      expect(boots.size).toBeGreaterThan(DEVICES.length + 10);
    });
    for (const { deviceId } of DEVICES) {
      for (const status of broker.messages(deviceId, "status")) expect(statusPayload.safeParse(status).success).toBe(true);
    }
  });

  test("stops at once while nothing answers", async () => {
    await broker.goDown();
    const started = startHerd({ devices: DEVICES, url: broker.url, intervalSeconds: 0.1 });
    herd = started;
    await eventually(() => expect(started.stats().troubles).toBeGreaterThan(0));
    const startedMs = Date.now();
    await started.stop();
    expect(Date.now() - startedMs).toBeLessThan(1000);
    await broker.reopen();
  });
});
