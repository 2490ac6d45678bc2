import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNSEEN } from "@/server/testing/unseen";
import { foldUplink, type Uplink } from "./fold-uplink";

const NOW = new Date("2026-06-01T12:00:00Z");

type Beat = Partial<Extract<Uplink, { kind: "heartbeat" }>["heartbeat"]>;
const beat = (values: Beat = {}, receivedAt = NOW): Uplink => ({
  kind: "heartbeat",
  receivedAt,
  bytes: 100,
  heartbeat: { bootId: "a", seq: 1, ...values },
});
const offline = (bootId: string): Uplink => ({ kind: "offline", receivedAt: NOW, bytes: 30, bootId });
const fold = (...uplinks: Uplink[]) => uplinks.reduce(foldUplink, UNSEEN);

describe("a heartbeat", () => {
  test("of a new device sets everything it says and leaves the rest unknown", () => {
    expect(fold(beat({ batteryLevel: 0, ts: 0, errorCount: 2 }))).toEqual({
      ...UNSEEN,
      lastSeenAt: NOW,
      connected: true,
      bootId: "a",
      lastSeq: 1,
      batteryLevel: 0,
      deviceTime: new Date(0),
      errorCount: 2,
      messageCount: 1,
      dataTransmittedBytes: 100,
    });
  });

  test("what it leaves out stays as it was", () => {
    const state = fold(beat({ batteryLevel: 50, ssid: "barn", errorCount: 3 }), beat({ seq: 2, signalStrength: -60 }));
    expect(state).toMatchObject({ batteryLevel: 50, ssid: "barn", errorCount: 3, signalStrength: -60, messageCount: 2 });
  });

  test.each([
    ["the same seq again", beat({ seq: 5, batteryLevel: 10 })],
    ["a lower seq", beat({ seq: 4, batteryLevel: 10 })],
  ])("%s proves life and changes no value", (_, late) => {
    const state = fold(beat({ seq: 5, batteryLevel: 50 }), late);
    expect(state).toMatchObject({ batteryLevel: 50, lastSeq: 5, messageCount: 2, connected: true, restartCount: 0 });
  });

  test("received earlier than the last one does not turn time back", () => {
    const state = fold(beat(), beat({ seq: 2 }, new Date(NOW.getTime() - 5_000)));
    expect(state.lastSeenAt).toEqual(NOW);
  });
});

describe("a new boot", () => {
  test("is a restart: counters of the boot before are added up, values start again", () => {
    const later = new Date(NOW.getTime() + 60_000);
    const state = fold(
      beat({ seq: 900, uptimeSeconds: 3_600, bytesTransmitted: 5_000 }),
      beat({ bootId: "b", seq: 0, uptimeSeconds: 5, bytesTransmitted: 10, restartReason: "watchdog" }, later),
    );
    expect(state).toMatchObject({
      bootId: "b",
      previousBootId: "a",
      lastSeq: 0,
      restartCount: 1,
      lastRestartAt: later,
      lastRestartReason: "watchdog",
      uptimeSeconds: 5,
      totalUptimeSeconds: 3_600,
      bootBytesTransmitted: 10,
      dataTransmittedBytes: 5_000,
    });
  });

  test("the first boot ever is no restart", () => {
    expect(fold(beat({ restartReason: "power_on" }))).toMatchObject({ restartCount: 0, lastRestartAt: null, lastRestartReason: null });
  });

  test("without a reason the former reason is forgotten", () => {
    expect(fold(beat(), beat({ bootId: "b", restartReason: "command" }), beat({ bootId: "c" })).lastRestartReason).toBeNull();
  });

  test("a late message of the boot before is counted, not believed", () => {
    const state = fold(beat({ seq: 1 }), beat({ bootId: "b", seq: 1, batteryLevel: 80 }), beat({ bootId: "a", seq: 2, batteryLevel: 20 }));
    expect(state).toMatchObject({ bootId: "b", batteryLevel: 80, restartCount: 1, messageCount: 3 });
  });
});

describe("going offline", () => {
  test("by the will of the current boot", () => {
    expect(fold(beat(), offline("a"))).toMatchObject({ connected: false, disconnectedAt: NOW, messageCount: 1 });
  });

  test.each(["b", "a"])("by the will of %s while another boot runs: ignored", (bootId) => {
    const before = fold(beat(), beat({ bootId: "c" }));
    expect(foldUplink(before, offline(bootId))).toBe(before);
  });

  test("of a device that has said nothing yet", () => {
    expect(fold(offline("a"))).toMatchObject({ connected: false, disconnectedAt: NOW, lastSeenAt: null });
  });

  test("a heartbeat brings it back", () => {
    expect(fold(beat(), offline("a"), beat({ seq: 2 })).connected).toBe(true);
  });
});

describe("counting", () => {
  test("bytes are counted by us until the device counts itself", () => {
    const other: Uplink = { kind: "other", receivedAt: NOW, bytes: 40 };
    const uncounted = fold(beat(), other);
    expect(uncounted).toMatchObject({ dataTransmittedBytes: 140, bootBytesTransmitted: null });
    const counted = [beat({ seq: 2, bytesTransmitted: 500 }), other].reduce(foldUplink, uncounted);
    expect(counted).toMatchObject({ dataTransmittedBytes: 140, bootBytesTransmitted: 500, messageCount: 4 });
  });

  test("what cannot be read is counted apart, with its reason, and proves life", () => {
    const state = fold({ kind: "invalid", receivedAt: NOW, bytes: 5, reason: "status: seq: missing" });
    expect(state).toMatchObject({
      invalidMessageCount: 1,
      lastInvalidReason: "status: seq: missing",
      lastInvalidAt: NOW,
      messageCount: 1,
      connected: true,
      lastSeenAt: NOW,
    });
  });

  test("in any order of any messages, counters never fall and every message but a will is counted", () => {
    const uplink = fc.oneof(
      fc
        .record({ bootId: fc.constantFrom("a", "b", "c"), seq: fc.nat(5), uptimeSeconds: fc.nat(100), bytesTransmitted: fc.nat(100) })
        .map((values) => beat(values)),
      fc.constantFrom("a", "b", "c").map(offline),
      fc.constant<Uplink>({ kind: "other", receivedAt: NOW, bytes: 1 }),
    );
    fc.assert(
      fc.property(fc.array(uplink), (uplinks) => {
        let state = UNSEEN;
        for (const next of uplinks) {
          const after = foldUplink(state, next);
          if (
            after.restartCount < state.restartCount ||
            after.totalUptimeSeconds < state.totalUptimeSeconds ||
            after.dataTransmittedBytes < state.dataTransmittedBytes
          )
            return false;
          state = after;
        }
        return state.messageCount === uplinks.filter(({ kind }) => kind !== "offline").length;
      }),
    );
  });
});
