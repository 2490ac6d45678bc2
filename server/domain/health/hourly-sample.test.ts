import { expect, test } from "vitest";
import { UNSEEN } from "@/server/testing/unseen";
import { foldUplink, type Uplink } from "../devices/fold-uplink";
import { addToHour, type HourlySample } from "./hourly-sample";

type Heartbeat = Partial<Extract<Uplink, { kind: "heartbeat" }>["heartbeat"]>;
const at = (time: string) => new Date(`2026-03-29T${time}Z`);
const heartbeat = (time: string, seq: number, values: Heartbeat = {}): Uplink => ({
  kind: "heartbeat",
  receivedAt: at(time),
  bytes: 10,
  heartbeat: { bootId: "a", seq, ...values },
});

function samplesOf(...uplinks: Uplink[]): HourlySample[] {
  const samples = new Map<number, HourlySample>();
  let state = UNSEEN;
  for (const uplink of uplinks) {
    const after = foldUplink(state, uplink);
    addToHour(samples, uplink, state, after);
    state = after;
  }
  return [...samples.values()];
}

test("an hour holds the range, the last, the sum and the count", () => {
  const [sample, ...others] = samplesOf(
    heartbeat("10:00:00.000", 1, { batteryLevel: 50, signalStrength: -60, errorCount: 2, uptimeSeconds: 10 }),
    heartbeat("10:30:00", 2, { batteryLevel: 40, signalStrength: -80, errorCount: 7, uptimeSeconds: 1_810 }),
    heartbeat("10:59:59.999", 3, { batteryLevel: 45, signalStrength: -70, errorCount: 0, uptimeSeconds: 3_609 }),
  );
  expect(others).toEqual([]);
  expect(sample).toEqual({
    hour: at("10:00:00"),
    messages: 3,
    batteryMin: 40,
    batteryMax: 50,
    batteryLast: 45,
    signalMin: -80,
    signalMax: -60,
    signalSum: -210,
    signalCount: 3,
    errorMax: 7,
    uptimeSeconds: 3_609,
    restarts: 0,
  });
});

test("the hour is the server's, to the millisecond", () => {
  const samples = samplesOf(heartbeat("10:59:59.999", 1, { ts: 0 }), heartbeat("11:00:00.000", 2, { ts: 0 }));
  expect(samples.map(({ hour, messages }) => [hour, messages])).toEqual([
    [at("10:00:00"), 1],
    [at("11:00:00"), 1],
  ]);
});

test("what is late or repeated counts as a message only", () => {
  const [sample] = samplesOf(
    heartbeat("10:00:00", 5, { batteryLevel: 50, errorCount: 1 }),
    heartbeat("10:00:01", 4, { batteryLevel: 90, errorCount: 9 }),
    heartbeat("10:00:02", 5, { batteryLevel: 90, errorCount: 9 }),
    heartbeat("10:00:03", 1, { bootId: "b", batteryLevel: 49 }),
    heartbeat("10:00:04", 6, { batteryLevel: 90, errorCount: 9 }),
  );
  expect(sample).toMatchObject({ messages: 5, batteryMin: 49, batteryMax: 50, batteryLast: 49, errorMax: 1, restarts: 1 });
});

test("the first boot is no restart, every other one is", () => {
  const [sample] = samplesOf(
    heartbeat("10:00:00", 1, { uptimeSeconds: 5_000 }),
    heartbeat("10:01:00", 1, { bootId: "b", uptimeSeconds: 3 }),
    heartbeat("10:02:00", 1, { bootId: "c" }),
  );
  expect(sample).toMatchObject({ restarts: 2, uptimeSeconds: 3 });
});

test("other messages prove life, a will does not", () => {
  const [sample, ...others] = samplesOf(
    { kind: "other", receivedAt: at("10:00:00"), bytes: 5 },
    { kind: "invalid", reason: "no JSON", receivedAt: at("10:00:01"), bytes: 5 },
    { kind: "offline", bootId: "a", receivedAt: at("11:00:00"), bytes: 5 },
  );
  expect(others).toEqual([]);
  expect(sample).toMatchObject({ messages: 2, batteryMin: null, signalCount: 0, signalSum: 0, errorMax: null, uptimeSeconds: null });
});

test("zero is a value", () => {
  expect(samplesOf(heartbeat("10:00:00", 1, { batteryLevel: 0, errorCount: 0, uptimeSeconds: 0 }))[0]).toMatchObject({
    batteryMin: 0,
    batteryLast: 0,
    errorMax: 0,
    uptimeSeconds: 0,
  });
});
