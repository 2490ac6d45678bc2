import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { after, useRolloutScene } from "@/server/testing/rollout-scene";

const database = useTestDatabase();
const { scene, targets, tick, states, rollOut, herd, say, arrive } = useRolloutScene(database);

describe("who waits", () => {
  test.each<[string, object, object, string | undefined]>([
    ["is not connected", { state: { connected: false } }, {}, "offline"],
    ["is in maintenance", { lifecycle: "maintenance" }, {}, "maintenance"],
    ["has too little battery", { powerSource: "battery", state: { batteryLevel: 39 } }, { minBatteryLevel: 40 }, "battery"],
    ["has just enough battery", { powerSource: "battery", state: { batteryLevel: 40 } }, { minBatteryLevel: 40 }, undefined],
    ["is on mains with a low number", { powerSource: "mains", state: { batteryLevel: 1 } }, { minBatteryLevel: 40 }, undefined],
    ["has a weak signal", { state: { signalStrength: -91 } }, { minSignal: -90 }, "signal"],
    ["has just enough signal", { state: { signalStrength: -90 } }, { minSignal: -90 }, undefined],
    ["is forced in maintenance", { lifecycle: "maintenance" }, { forceUpdate: true, forceReason: "Security" }, undefined],
    ["is forced and not connected", { state: { connected: false } }, { forceUpdate: true, forceReason: "Security" }, "offline"],
  ])("a device that %s", async (_, given, policy, reason) => {
    await herd(1, given);
    const id = await rollOut({ policy: { maxInFlightGroup: null, ...policy } });
    await tick();
    expect((await targets(id))[0]).toMatchObject(reason ? { state: "held", reason } : { state: "sent", reason: null });
  });

  test("goes on when the reason is gone", async () => {
    const [device] = await herd(1, { state: { connected: false } });
    const id = await rollOut();
    await tick();
    await database.db.deviceState.update({ where: { deviceKey: device!.id }, data: { connected: true } });
    expect(await tick(after(1))).toMatchObject({ told: 1 });
    expect(await states(id)).toEqual({ sent: 1 });
  });

  test("milking and the time before it, on the farm's own clock, in summer as in winter", async () => {
    const { db } = database;
    await db.milkingSession.create({
      data: { farmId: scene.farmId, name: "Evening", weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 17 * 60, endMinute: 19 * 60 },
    });
    await herd(1);
    const id = await rollOut({ policy: { maxInFlightGroup: null, milkingMargin: 30 } });
    const heldAt = async (instant: string) => {
      await db.rolloutTarget.updateMany({ where: { rolloutId: id }, data: { state: "pending", reason: null } });
      await db.deviceCommand.deleteMany();
      await tick(new Date(instant));
      return (await targets(id))[0]?.reason ?? null;
    };
    // Berlin: 17:00 is 16:00 UTC in March before the change, 15:00 after.
    expect(await heldAt("2026-03-10T15:29:00Z")).toBeNull();
    expect(await heldAt("2026-03-10T15:30:00Z")).toBe("milking");
    expect(await heldAt("2026-03-10T17:59:00Z")).toBe("milking");
    expect(await heldAt("2026-03-10T18:00:00Z")).toBeNull();
    expect(await heldAt("2026-04-10T14:30:00Z")).toBe("milking");
    expect(await heldAt("2026-04-10T17:00:00Z")).toBeNull();
  });

  test("a farm that wants nothing changed", async () => {
    await database.db.farm.update({ where: { id: scene.farmId }, data: { freezeUntil: after(60) } });
    await herd(1);
    const id = await rollOut();
    await tick();
    expect((await targets(id))[0]).toMatchObject({ state: "held", reason: "freeze" });
    await tick(after(60));
    expect(await states(id)).toEqual({ sent: 1 });
  });

  test("never two of one group at once, whatever the rollout", async () => {
    const { db } = database;
    const group = await db.deviceGroup.create({ data: { farmId: scene.farmId, name: "Pen 1", code: `PEN${Date.now()}` } });
    await herd(3, { groupId: group.id });
    await herd(2);
    const id = await rollOut({ policy: { maxInFlightGroup: 1 } });
    await tick();
    expect(await states(id)).toEqual({ sent: 3, pending: 2 });
    await tick(after(1));
    expect(await states(id)).toEqual({ sent: 3, pending: 2 });
    const [busy] = (await targets(id, { state: "sent" })).filter(({ device }) => device.groupId === group.id);
    await say([busy!], { state: "completed" }, after(1));
    await arrive([busy!], after(2));
    await tick(after(2));
    expect(await states(id)).toEqual({ completed: 1, sent: 3, pending: 1 });
  });

  test("no more in flight than allowed, no more a minute than allowed", async () => {
    await herd(10);
    const id = await rollOut({ policy: { maxInFlightGroup: null, maxInFlight: 4, ratePerMinute: 3 } });
    expect(await tick()).toMatchObject({ told: 3 });
    expect(await tick(after(0.5))).toMatchObject({ told: 0 });
    expect(await tick(after(1))).toMatchObject({ told: 1 });
    await arrive(await targets(id, { state: "sent" }), after(1));
    expect(await tick(after(2.5))).toMatchObject({ told: 3 });
  });
});
