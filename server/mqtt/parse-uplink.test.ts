import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { parseUplink } from "./parse-uplink";
import { MAX_PAYLOAD_BYTES } from "./payloads";
import { UPLINK_CHANNELS, type UplinkChannel } from "./topics";

const NOW = new Date();
const UUID = "01890000-0000-7000-8000-000000000000";
const parse = (channel: UplinkChannel, payload: unknown) =>
  parseUplink(
    "MM001",
    channel,
    Buffer.isBuffer(payload) ? payload : Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
    NOW,
  );

describe("what can be read", () => {
  test.each([
    ["status", { bootId: "b", seq: 0 }, { kind: "heartbeat", heartbeat: { bootId: "b", seq: 0 } }],
    [
      "status",
      { bootId: "b", seq: 1, batteryLevel: 0, online: true, unknownField: 1 },
      { kind: "heartbeat", heartbeat: { batteryLevel: 0 } },
    ],
    ["status", { bootId: "b", seq: 1, batteryLevel: 50.12345 }, { kind: "heartbeat", heartbeat: { batteryLevel: 50.123 } }],
    ["status", { online: false, bootId: "b" }, { kind: "offline", bootId: "b" }],
    ["data", { measurements: { yield: 12.5, cow: "DE123", lame: false, gap: null } }, { kind: "other" }],
    ["firmware", { id: UUID, attempt: 1, state: "downloading", progress: 40 }, { kind: "other" }],
  ] as const)("%s %j", (channel, payload, uplink) => {
    expect(parse(channel, payload)).toMatchObject({
      deviceId: "MM001",
      uplink: { receivedAt: NOW, bytes: JSON.stringify(payload).length, ...uplink },
    });
  });

  test("a response carries its answer along", () => {
    const response = { id: UUID, state: "failed", error: "valve stuck", result: { a: [1] } };
    expect(parse("response", response)).toMatchObject({ uplink: { kind: "other" }, response });
  });
});

describe("what cannot be read is named", () => {
  test.each([
    ["status", "", "status: payload is not valid JSON"],
    ["status", "{", "status: payload is not valid JSON"],
    ["status", Buffer.from([0xff, 0xfe]), "status: payload is not valid JSON"],
    ["status", "[]", /^status: /],
    ["status", "null", /^status: /],
    ["status", { seq: 1 }, /^status: bootId: /],
    ["status", { bootId: "b" }, /^status: seq: /],
    ["status", { bootId: "b", seq: 1, batteryLevel: 101 }, /^status: batteryLevel: /],
    ["status", { bootId: "b", seq: 1, batteryLevel: "full" }, /^status: batteryLevel: /],
    ["status", { bootId: "b", seq: 1, signalStrength: 12 }, /^status: signalStrength: /],
    ["status", { bootId: "b", seq: 1.5 }, /^status: seq: /],
    ["status", { bootId: "b", seq: 1, ts: 8.64e15 }, /^status: ts: /],
    ["status", { bootId: "bad id", seq: 1 }, /^status: bootId: /],
    ["status", '{"bootId":"b","seq":1,"ssid":"a\\u0000b"}', "status: contains a NUL character or half a surrogate pair"],
    ["status", '{"bootId":"b","seq":1,"ssid":"\\ud800"}', "status: contains a NUL character or half a surrogate pair"],
    ["data", { measurements: { a: { nested: 1 } } }, /^data: measurements\.a: /],
    ["data", { measurements: { a: "\ud800" } }, /surrogate/],
    ["response", { id: "1", state: "succeeded" }, /^response: id: /],
    ["response", { id: UUID, state: "queued" }, /^response: state: /],
    ["firmware", { id: UUID, attempt: 0, state: "x" }, /^firmware: attempt: /],
    ["data", Buffer.alloc(MAX_PAYLOAD_BYTES + 1, 0x20), `data: payload is larger than ${MAX_PAYLOAD_BYTES} bytes`],
  ] as const)("%s %j", (channel, payload, reason) => {
    const { uplink } = parse(channel, payload);
    expect(uplink).toMatchObject({ kind: "invalid", reason: expect.stringMatching(reason) as string });
  });

  test("a long reason is cut", () => {
    const { uplink } = parse("data", { measurements: { ["k".repeat(5_000)]: 1 } });
    expect(uplink.kind === "invalid" && uplink.reason.length).toBeLessThanOrEqual(300);
  });

  test("nothing ever throws", () => {
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(fc.property(fc.constantFrom(...UPLINK_CHANNELS), payload, (channel, bytes) => parse(channel, bytes).deviceId === "MM001"));
  });
});

describe("whatever the protocol lets through, the database takes", () => {
  const database = useTestDatabase();
  const number = (min: number, max: number) => fc.oneof(fc.constantFrom(min, max, Number.MIN_VALUE), fc.double({ min, max, noNaN: true }));
  const whole = (max: number) => fc.oneof(fc.constantFrom(0, max), fc.integer({ min: 0, max }));
  const text = (maxLength: number) => fc.oneof(fc.string({ maxLength }), fc.string({ maxLength: maxLength / 2, unit: "binary" }));
  const message = fc.record(
    {
      bootId: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      seq: whole(Number.MAX_SAFE_INTEGER),
      ts: fc.oneof(fc.constantFrom(0, Date.UTC(10_000, 0) - 1), fc.integer({ min: 0, max: Date.UTC(10_000, 0) })),
      firmwareVersion: text(50),
      batteryLevel: number(0, 100),
      batteryVoltage: number(0, 100),
      signalStrength: fc.integer({ min: -150, max: 0 }),
      uptimeSeconds: whole(Number.MAX_SAFE_INTEGER),
      errorCount: whole(1_000_000),
      restartReason: text(60),
      ssid: text(64),
      bytesTransmitted: whole(Number.MAX_SAFE_INTEGER),
    },
    { requiredKeys: ["bootId", "seq"] },
  );

  test("heartbeats at the edges of every field", async () => {
    const farm = await testFarm(database.db);
    const samples = fc.sample(message, 500);
    const rows = samples.map((_, index) => ({
      deviceId: `MM${String(index).padStart(3, "0")}`,
      name: "D",
      type: "milk_meter" as const,
      farmId: farm.id,
    }));
    const devices = await database.db.device.createManyAndReturn({ data: rows, select: { id: true } });
    await database.db.deviceState.createMany({ data: devices.map(({ id }) => ({ deviceKey: id })) });
    const batch = samples.map((payload, index) =>
      parseUplink(rows[index]!.deviceId, "status", Buffer.from(JSON.stringify(payload)), new Date()),
    );
    expect(batch.filter(({ uplink }) => uplink.kind === "heartbeat").length).toBeGreaterThan(250);
    await ingestUplinks(database.db, batch, new Date());
    expect(await database.db.deviceState.count({ where: { messageCount: 1 } })).toBe(500);
  });
});
