import pg from "pg";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { after, NOW, useRolloutScene } from "@/server/testing/rollout-scene";
import { OPEN_STAGE, testRunning } from "@/server/testing/rollouts";
import { approveStage } from "../approve-stage";
import { cancelRollout } from "../cancel-rollout";
import { pauseRollout } from "../pause-rollout";
import { resumeRollout } from "../resume-rollout";

const database = useTestDatabase();
const { scene, targets, tick, rollout, rollOut, steer, herd, say, arrive } = useRolloutScene(database);
/** On a busy machine. */
const PATIENCE = { timeout: 15_000, interval: 20 };
const STRICT = { ...OPEN_STAGE, failureThreshold: 10 };

/** What has been written down of a rollout, in order. */
const events = (rolloutId: string) =>
  database.db.rolloutEvent.findMany({
    where: { rolloutId },
    orderBy: { at: "asc" },
    select: { kind: true, at: true, position: true, cause: true, sentBack: true, counts: true, plannedAt: true },
  });

/** Some devices make it, the others fail; then the tick looks at it. */
async function fail(id: string, made: number, failed: number, at = after(1)): Promise<void> {
  const told = await targets(id, { state: "sent" });
  await arrive(told.slice(0, made), at);
  await say(told.slice(made, made + failed), { state: "failed", code: "boot" }, at);
  await tick(at);
}

describe("what is written down of a rollout", () => {
  test("that its rules paused it, why, and how its devices stand on each farm", async () => {
    const other = await testFarm(database.db);
    await herd(4);
    await testRunning(database.db, other.id, "1.0.0");
    const id = await rollOut({ stages: [STRICT] });
    await tick();
    const here = await targets(id, { device: { farmId: scene.farmId } });
    const there = await targets(id, { device: { farmId: other.id } });
    await arrive(here.slice(0, 3), after(1));
    await say(there, { state: "failed", code: "boot" }, after(1));
    await tick(after(1));
    expect(await events(id)).toEqual([
      {
        kind: "paused",
        at: after(1),
        position: 0,
        cause: { kind: "failures", failed: 1, resolved: 4, thresholdPercent: 10 },
        sentBack: null,
        counts: { [scene.farmId]: { completed: 3, sent: 1 }, [other.id]: { failed: 1 } },
        plannedAt: null,
      },
    ]);
    expect(await rollout(id)).toMatchObject({ state: "paused", pausedAt: after(1) });
  });

  test("each time anew, when it was resumed and stops again", async () => {
    await herd(6);
    const id = await rollOut({ stages: [STRICT] });
    await tick();
    await fail(id, 2, 1);
    await steer(resumeRollout, id, after(2));
    await fail(id, 0, 1, after(3));
    expect(await events(id)).toMatchObject([
      { kind: "paused", at: after(1), cause: { failed: 1, resolved: 3 } },
      { kind: "paused", at: after(3), cause: { failed: 1, resolved: 1 } },
    ]);
  });

  test("that it failed and all goes back; and that going back is over", async () => {
    await herd(6);
    const id = await rollOut({ stages: [STRICT], policy: { failurePolicy: "rollback_all", maxInFlight: 4 } });
    await tick();
    await fail(id, 3, 1);
    expect(await events(id)).toMatchObject([
      {
        kind: "failed",
        sentBack: { scope: "all", stranded: 0 },
        counts: { [scene.farmId]: { completed: 3, failed: 1, cancelled: 2 } },
      },
    ]);
    const back = await database.db.rollout.findFirstOrThrow({ where: { undoesId: id } });
    for (const minute of [2, 3, 4]) {
      await tick(after(minute));
      await tick(after(minute));
      await arrive(await targets(back.id, { state: "sent" }), after(minute), "1.0.0");
    }
    await tick(after(5));
    expect(await events(back.id)).toMatchObject([{ kind: "completed", counts: { [scene.farmId]: { completed: 3 } } }]);
  });

  test("that its stage goes back, with those that cannot", async () => {
    await herd(3);
    const [stranger] = await herd(1);
    await database.db.deviceState.update({ where: { deviceKey: stranger!.id }, data: { firmwareVersion: "0.9.0" } });
    const id = await rollOut({ stages: [STRICT], policy: { failurePolicy: "rollback_stage" } });
    await tick();
    const told = await targets(id);
    await arrive(told.slice(0, 2), after(1));
    await arrive(
      told.filter(({ deviceKey }) => deviceKey === stranger!.id),
      after(1),
    );
    const rest = (await targets(id, { state: "sent" })).slice(0, 1);
    await say(rest, { state: "failed", code: "boot" }, after(1));
    await tick(after(1));
    expect(await events(id)).toMatchObject([{ kind: "failed", sentBack: { scope: "stage", stranded: 1 } }]);
    expect(await rollout(id)).toMatchObject({ state: "paused" });
  });

  test("that it has paused, when there is nothing of the stage to send back", async () => {
    await herd(2);
    const id = await rollOut({ stages: [STRICT], policy: { failurePolicy: "rollback_stage" } });
    await tick();
    await fail(id, 0, 1);
    expect(await events(id)).toMatchObject([{ kind: "paused", sentBack: null }]);
  });

  test("that a stage waits for approval, and that all is done", async () => {
    await herd(2);
    await testRunning(database.db, scene.farmId, "2.0.0");
    const half = { ...OPEN_STAGE, size: { kind: "percent", upTo: 50 }, needsApproval: true };
    const id = await rollOut({ stages: [half, OPEN_STAGE] });
    await tick();
    await fail(id, 1, 0);
    await tick(after(2));
    await steer(approveStage, id, after(3));
    await tick(after(3));
    await fail(id, 1, 0, after(4));
    expect(await events(id)).toMatchObject([
      {
        kind: "awaiting_approval",
        at: after(1),
        position: 0,
        cause: null,
        counts: { [scene.farmId]: { completed: 1, pending: 1, skipped: 1 } },
      },
      { kind: "completed", at: after(4), position: 1, counts: { [scene.farmId]: { completed: 2, skipped: 1 } } },
    ]);
  });

  test("nothing of what a person does", async () => {
    await herd(2);
    const id = await rollOut();
    await tick();
    await steer(pauseRollout, id, after(1));
    await steer(resumeRollout, id, after(2));
    await steer(cancelRollout, id, after(3));
    await tick(after(4));
    expect(await events(id)).toEqual([]);
  });
});

describe("once", () => {
  /** Ticks that have all read the same when the first of them writes, where the database lets them. */
  async function tickTogether(rolloutId: string, at: Date): Promise<void> {
    if (inject("databaseSource").kind === "embedded") {
      await Promise.all(Array.from({ length: 4 }, () => tick(at)));
      return;
    }
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM rollout WHERE id = $1 FOR UPDATE", [rolloutId]);
    const ticks = [tick(at), tick(at), tick(at)];
    await vi.waitUntil(async () => {
      const waiting = await database.db.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE rollout r%'`;
      return waiting.length === ticks.length;
    }, PATIENCE);
    await holder.query("COMMIT");
    await Promise.all(ticks);
  }

  test.each<[string, object, number, string]>([
    ["a pause", { stages: [STRICT] }, 1, "paused"],
    ["a failure", { stages: [STRICT], policy: { failurePolicy: "rollback_all" } }, 1, "failed"],
    ["a completion", {}, 0, "completed"],
    ["the wait for approval", { stages: [{ ...OPEN_STAGE, needsApproval: true }] }, 0, "awaiting_approval"],
  ])("%s is written down, whoever ticks at the same time", async (_, given, failed, kind) => {
    await herd(3);
    const id = await rollOut(given);
    await tick();
    const told = await targets(id);
    await arrive(told.slice(failed), after(1));
    await say(told.slice(0, failed), { state: "failed", code: "boot" }, after(1));
    await tickTogether(id, after(1));
    await tick(after(2));
    expect(await events(id)).toMatchObject([{ kind }]);
    expect(await database.db.rollout.count({ where: { undoesId: id } })).toBe(kind === "failed" ? 1 : 0);
  });

  test("not at all, when the tick dies before it is so", async () => {
    await herd(2);
    const id = await rollOut();
    await tick();
    await arrive(await targets(id), after(1));
    await database.db.$executeRaw`CREATE RULE no_event AS ON INSERT TO rollout_event DO INSTEAD SELECT 1/0`;
    try {
      await expect(tick(after(1))).rejects.toThrow("division by zero");
      expect(await rollout(id)).toMatchObject({ state: "in_progress" });
    } finally {
      await database.db.$executeRaw`DROP RULE no_event ON rollout_event`;
    }
    await tick(after(2));
    expect(await events(id)).toMatchObject([{ kind: "completed", at: after(2) }]);
  });

  test("in one statement, however many rollouts", async () => {
    const finish = async (rollouts: number) => {
      await database.db.rollout.deleteMany();
      for (let count = 0; count < rollouts; count++) {
        const [device] = await herd(1);
        await rollOut({ filter: { deviceIds: [device!.deviceId] } });
      }
      await tick();
      const all = await database.db.rolloutTarget.findMany({ include: { device: true } });
      await arrive(all, after(1));
      const statements = await countStatements(() => tick(after(1)));
      expect(await database.db.rolloutEvent.count()).toBe(rollouts);
      return statements;
    };
    expect(await finish(5)).toBe(await finish(1));
  });
});

test("an event goes with its rollout", async () => {
  await herd(1);
  const id = await rollOut();
  await tick(NOW);
  await arrive(await targets(id), after(1));
  await tick(after(1));
  await database.db.rollout.deleteMany();
  expect(await events(id)).toEqual([]);
});
