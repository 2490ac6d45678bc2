import { describe, expect, test } from "vitest";
import { contextOf } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { admin, after, useRolloutScene } from "@/server/testing/rollout-scene";
import { OPEN_STAGE, testFirmware } from "@/server/testing/rollouts";
import { acknowledgeAlerts } from "@/server/services/alerts/acknowledge-alerts";
import { cancelRollout } from "./cancel-rollout";
import { retryFailed } from "./retry-failed";
import { skipTarget } from "./skip-target";

const database = useTestDatabase();
const { targets, tick, rollOut, steer, herd, say, arrive } = useRolloutScene(database);
type Target = Awaited<ReturnType<typeof targets>>[number];

// A device whose update failed has one alert until a later update of it succeeds, in whatever rollout.

const alerts = () =>
  database.db.alert.findMany({
    orderBy: { firstOccurrence: "asc" },
    include: { events: { orderBy: { at: "asc" }, select: { kind: true } } },
  });
/** A stage that waits for more devices than there are: nothing pauses it. */
const PATIENT = { stages: [{ ...OPEN_STAGE, successThreshold: 0 }] };

async function told(given: object = PATIENT): Promise<{ id: string; target: Target }> {
  const id = await rollOut(given);
  await tick();
  const [target] = await targets(id, { state: "sent" });
  return { id, target: target! };
}

describe("an alert is raised by an update that", () => {
  test.each<[string, (target: Target) => Promise<unknown>, string]>([
    [
      "fails by the device's own word",
      (target) => say([target], { state: "failed", code: "hash" }, after(1)),
      "Update to 2.0.0 failed: It says hash",
    ],
    [
      "the device takes back",
      (target) => say([target], { state: "rolled_back", code: "boot" }, after(1)),
      "Update to 2.0.0 failed: It says boot",
    ],
    ["falls silent", () => tick(after(31)), "Update to 2.0.0 failed: Nothing was heard of it while it was sent"],
    [
      "is said to be done and is not",
      async (target) => {
        await say([target], { state: "completed" }, after(1));
        await arrive([target], after(2), "1.0.0");
      },
      "Update to 2.0.0 failed: It says it is done and runs 1.0.0",
    ],
  ])("%s", async (_, happens, message) => {
    await herd(1);
    const { target } = await told();
    await happens(target);
    expect(await alerts()).toMatchObject([
      {
        deviceKey: target.deviceKey,
        type: "firmware_failed",
        condition: "firmware",
        severity: "warning",
        state: "active",
        message,
        events: [{ kind: "raised" }],
      },
    ]);
    expect(await database.db.changeFeed.count({ where: { topic: "alerts", ids: { has: (await alerts())[0]!.id } } })).toBe(1);
  });

  test("fails, not by one that is called off or left out", async () => {
    const [first] = await herd(2);
    const id = await rollOut({ ...PATIENT, policy: { maxInFlight: 1 } });
    await skipTarget({ ctx: contextOf(database.db, admin, after(1)), input: { id, deviceId: first!.deviceId } });
    await tick(after(1));
    await steer(cancelRollout, id, after(2));
    expect(await alerts()).toEqual([]);
  });
});

describe("one that is open", () => {
  test("counts the next failure, and stays in the hands it is in", async () => {
    await herd(1);
    const { id, target } = await told({ stages: [{ ...OPEN_STAGE, failureThreshold: 100, successThreshold: 100 }] });
    await say([target], { state: "failed", code: "hash" }, after(1));
    const [alert] = await alerts();
    await acknowledgeAlerts({ ctx: contextOf(database.db, admin, after(2)), input: { ids: [alert!.id] } });
    await steer(retryFailed, id, after(3));
    await tick(after(3));
    await say(await targets(id, { state: "sent" }), { state: "failed", code: "boot" }, after(4));
    expect(await alerts()).toMatchObject([
      { state: "acknowledged", occurrenceCount: 2, lastOccurrence: after(4), message: "Update to 2.0.0 failed: It says boot" },
    ]);
  });

  test("ends with a later success in another rollout; a failure after that is a new one", async () => {
    await herd(1);
    const first = await told();
    await say([first.target], { state: "failed", code: "hash" }, after(1));
    await tick(after(1));
    const { id: newer } = await testFirmware(database.db, "2.1.0");
    const second = await told({ ...PATIENT, firmwareId: newer });
    await arrive([second.target], after(2), "2.1.0");
    expect(await alerts()).toMatchObject([
      {
        state: "resolved",
        resolvedAt: after(2),
        resolvedById: null,
        resolutionNotes: "The device was updated to 2.1.0.",
        events: [{ kind: "raised" }, { kind: "auto_resolved" }],
      },
    ]);
    await tick(after(2));
    const { id: newest } = await testFirmware(database.db, "2.2.0");
    const third = await told({ ...PATIENT, firmwareId: newest });
    await say([third.target], { state: "failed", code: "boot" }, after(3));
    const [former, latter] = await alerts();
    expect(latter).toMatchObject({ state: "active", formerId: former!.id, occurrenceCount: 1 });
  });

  test("is not ended by the success of another device", async () => {
    await herd(2);
    const id = await rollOut(PATIENT);
    await tick();
    const [one, other] = await targets(id);
    await say([one!], { state: "failed", code: "hash" }, after(1));
    await arrive([other!], after(2));
    expect(await alerts()).toMatchObject([{ deviceKey: one!.deviceKey, state: "active" }]);
  });
});
