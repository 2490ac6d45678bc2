import { expect, test } from "vitest";
import { presetStages } from "@/server/domain/rollouts/presets";
import { seededRandom } from "@/simulator/random";
import { testFarm } from "../builders";
import { useTestDatabase } from "../database";
import { after, NOW, useRolloutScene } from "../rollout-scene";

const database = useTestDatabase();
const { scene, tick, rollOut, rollout, say, arrive, targets } = useRolloutScene(database);

const DEVICES = 1_000;
const FAILING = 0.06;
const SILENT = 0.02;
const STAGES = presetStages("fleet");
const TRACES = [1, 2, 3, 4, 5];
const STEP_MINUTES = 5;
const LAST_MINUTE = 72 * 60;

type Outcome = "fails" | "silent" | "works";

/** What becomes of the devices, in the order in which they come, and after how many minutes. */
function writeTrace(seed: number): { outcome: Outcome; minutes: number }[] {
  const random = seededRandom(`early stop ${seed}`);
  return Array.from({ length: DEVICES }, () => {
    const lot = random.next();
    return { outcome: lot < FAILING ? "fails" : lot < FAILING + SILENT ? "silent" : "works", minutes: random.between(3, 20) };
  });
}

/**
 * How many devices hawkBit would have told: a group is told as a whole, and stops the rollout when its errors are that
 * share of the group; silence is no error (its RolloutGroup error condition THRESHOLD).
 */
function touchedByHawkbit(trace: readonly { outcome: Outcome }[], sizes: readonly number[]): number {
  let touched = 0;
  for (const [index, size] of sizes.entries()) {
    const errors = trace.slice(touched, touched + size).filter(({ outcome }) => outcome === "fails").length;
    touched += size;
    if ((errors * 100) / size >= STAGES[index]!.failureThreshold) break;
  }
  return touched;
}

/** Plays a trace against the engine under the default policy. @returns how many were told until it stopped */
async function touchedByUs(trace: readonly { outcome: Outcome; minutes: number }[]) {
  const farm = await testFarm(database.db);
  await createHerd(farm.id);
  const id = await rollOut({ stages: STAGES, filter: { farmIds: [farm.id] } });
  const order = new Map(
    (
      await database.db.rolloutTarget.findMany({
        where: { rolloutId: id },
        orderBy: [{ position: "asc" }, { cohort: "asc" }],
        select: { id: true },
      })
    ).map((target, index) => [target.id, trace[index]!]),
  );
  for (let minute = 0; minute <= LAST_MINUTE; minute += STEP_MINUTES) {
    const due = (await targets(id, { state: "sent" })).filter((target) => {
      const { outcome, minutes } = order.get(target.id)!;
      return outcome !== "silent" && after(minute).getTime() - target.sentAt!.getTime() >= minutes * 60_000;
    });
    const failing = due.filter((target) => order.get(target.id)!.outcome === "fails");
    await say(failing, { state: "rolled_back", code: "boot" }, after(minute));
    await arrive(
      due.filter((target) => !failing.includes(target)),
      after(minute),
    );
    await tick(after(minute));
    const { state, stages } = await rollout(id);
    if (state === "in_progress") continue;
    const touched = await database.db.rolloutTarget.count({ where: { rolloutId: id, sentAt: { not: null } } });
    const sizes = await database.db.rolloutTarget.groupBy({
      by: ["position"],
      where: { rolloutId: id },
      _count: true,
      orderBy: { position: "asc" },
    });
    return { state, touched, stage: stages.findLast(({ state }) => state !== "waiting")?.name, sizes: sizes.map(({ _count }) => _count) };
  }
  throw new Error("it neither stopped nor ended");
}

async function createHerd(farmId: string): Promise<void> {
  const first = await database.db.device.count();
  const created = await database.db.device.createManyAndReturn({
    data: Array.from({ length: DEVICES }, (_, index) => ({
      deviceId: `MM${String(100_000 + first + index)}`,
      name: "Meter",
      type: "milk_meter" as const,
      farmId,
      lifecycle: "active" as const,
      powerSource: "mains" as const,
    })),
    select: { id: true },
  });
  const state = { connected: true, firmwareVersion: "1.0.0", bootId: "boot-1", lastSeenAt: NOW };
  await database.db.deviceState.createMany({ data: created.map(({ id }) => ({ deviceKey: id, ...state })) });
}

test("a version with 6 % failing and 2 % silent devices is stopped earlier than by errors ÷ group size", async () => {
  expect(scene.firmwareId).not.toBe("");
  const rows: { trace: number; ours: number; stage: string | undefined; hawkbit: number }[] = [];
  for (const seed of TRACES) {
    const trace = writeTrace(seed);
    const { state, touched, stage, sizes } = await touchedByUs(trace);
    expect(state).toBe("paused");
    rows.push({ trace: seed, ours: touched, stage, hawkbit: touchedByHawkbit(trace, sizes) });
  }
  for (const { ours, hawkbit } of rows) expect(ours).toBeLessThanOrEqual(hawkbit);
  const sum = (of: "ours" | "hawkbit") => rows.reduce((total, row) => total + row[of], 0);
  process.stdout.write(`${JSON.stringify(rows)}\n`);
  expect(sum("ours")).toBeLessThan(sum("hawkbit"));
}, 300_000);
