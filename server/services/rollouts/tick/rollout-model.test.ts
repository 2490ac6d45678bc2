import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { REPORTED_STATES, type ReportedUpdateState } from "@/server/domain/rollouts/vocabulary";
import { isTerminal } from "@/server/domain/rollouts/transitions";
import { AppError } from "@/server/errors";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { RolloutModel, type ModelDevice, type ModelTarget } from "@/server/testing/rollout-model";
import { OPEN_STAGE, TEST_DELIVERY, testFirmware, testRollout, testRunning } from "@/server/testing/rollouts";
import { approveStage } from "../approve-stage";
import { cancelRollout } from "../cancel-rollout";
import { pauseRollout } from "../pause-rollout";
import { applyUpdateReports, reconcileTargets } from "../reports";
import { resumeRollout } from "../resume-rollout";
import { retryFailed } from "../retry-failed";
import { tickRollouts } from "./tick-rollouts";

// Any sequence of what can happen, against an engine without a database (server/testing/rollout-model.ts): after every
// step both must say the same of every device, every stage and the rollout, and the invariants must hold.

const database = useTestDatabase();
const BEGIN_MS = Date.parse("2026-03-10T12:00:00Z");
const MINUTE_MS = 60_000;
const DEVICES = 6;
const RUNS = 60;
const admin = actorWith("admin");

interface Real {
  id: string;
  model: RolloutModel;
  devices: ModelDevice[];
  nowMs: number;
  /** What has ended, by target id: it never changes again. */
  ended: Map<string, string>;
  told: number;
}

let farmId: string;
let firmwareId: string;

beforeEach(async () => {
  const { db } = database;
  farmId = (await testFarm(db)).id;
});

async function begin(): Promise<Real> {
  const { db } = database;
  await db.rollout.deleteMany();
  await db.alert.deleteMany();
  await db.device.deleteMany();
  await db.firmwareVersion.deleteMany();
  firmwareId = (await testFirmware(db, "2.0.0")).id;
  for (let count = 0; count < DEVICES; count++)
    await testRunning(db, farmId, "1.0.0", { state: { bootId: "0", lastSeenAt: new Date(BEGIN_MS) } });
  const gate = { successThreshold: 100, failureThreshold: 40, minimumSample: 2, soakMinutes: 0, needsApproval: false };
  const stages = [
    { ...OPEN_STAGE, ...gate, size: { kind: "percent", upTo: 50 }, soakMinutes: 10, needsApproval: true },
    { ...OPEN_STAGE, ...gate, size: { kind: "percent", upTo: 100 } },
  ];
  const id = await testRollout(db, admin, {
    firmwareId,
    now: new Date(BEGIN_MS),
    stages,
    policy: { maxInFlightGroup: null, maxInFlight: 2 },
  });
  const rows = await db.rolloutTarget.findMany({
    where: { rolloutId: id },
    orderBy: [{ position: "asc" }, { cohort: "asc" }, { id: "asc" }],
  });
  const devices = rows.map(({ deviceKey }) => ({ key: deviceKey, version: "1.0.0", boot: 0, seenAtMs: BEGIN_MS }));
  const targets = rows.map(({ position }, index): ModelTarget => {
    const blank = {
      attempt: 1,
      superseded: false,
      state: "pending" as const,
      fromBoot: 0,
      sentAtMs: 0,
      deadlineAtMs: 0,
      claimedAtMs: null,
      progress: -1,
    };
    return { ...blank, device: devices[index]!, position };
  });
  const modelStages = stages.map(({ soakMinutes, needsApproval }) => ({
    gate: { successThresholdPercent: 100, failureThresholdPercent: 40, minimumSample: 2, soakMinutes, needsApproval },
    state: "waiting" as const,
    soakUntilMs: 0,
    approved: false,
  }));
  return { id, model: new RolloutModel("2.0.0", modelStages, targets, 2, BEGIN_MS), devices, nowMs: BEGIN_MS, ended: new Map(), told: 0 };
}

/** The server and the model say the same, and what must never happen has not. */
async function compare(real: Real): Promise<void> {
  const { db } = database;
  const { model } = real;
  const rollout = await db.rollout.findUniqueOrThrow({ where: { id: real.id }, include: { stages: { orderBy: { position: "asc" } } } });
  const rows = await db.rolloutTarget.findMany({ where: { rolloutId: real.id } });
  const said = rows.map((row) => `${row.deviceKey} ${row.attempt} ${row.state} ${row.superseded ? "superseded" : ""}`).sort();
  const expected = model.targets.map((one) => `${one.device.key} ${one.attempt} ${one.state} ${one.superseded ? "superseded" : ""}`).sort();
  expect(said).toEqual(expected);
  expect({ state: rollout.state, stage: rollout.currentStage, stages: rollout.stages.map(({ state }) => state) }).toEqual({
    state: model.state,
    stage: model.stage,
    stages: model.stages.map(({ state }) => state),
  });
  const active = rows.filter(({ state }) => ["sent", "downloading", "downloaded", "installing", "verifying"].includes(state));
  expect(new Set(active.map(({ deviceKey }) => deviceKey)).size).toBe(active.length);
  const tried = rows.filter(({ sentAt }) => sentAt !== null);
  for (const { position } of tried) expect(position).toBeLessThanOrEqual(rollout.currentStage);
  if (rollout.currentStage > 0) expect(rollout.stages[0]).toMatchObject({ state: "done", approvedById: admin.userId });
  expect(rows.filter(({ superseded }) => !superseded)).toHaveLength(DEVICES);
  for (const row of rows) {
    if (real.ended.has(row.id)) expect(row.state).toBe(real.ended.get(row.id));
    if (isTerminal(row.state)) real.ended.set(row.id, row.state);
  }
  // Nobody is told twice of one execution, and nobody again after it was completed.
  const commands = await db.deviceCommand.findMany({ where: { kind: "firmware_update" } });
  expect(new Set(commands.map(({ payload }) => (payload as { execution: string }).execution)).size).toBe(commands.length);
  expect(commands).toHaveLength(tried.length);
  real.told = commands.length;
}

interface Step {
  name: string;
  run: (real: Real) => Promise<void>;
  /** What a counterexample shows. */
  [fc.toStringMethod]?: () => string;
}

const named = (one: Step): Step => ({ ...one, [fc.toStringMethod]: () => one.name });

const now = (real: Real) => new Date(real.nowMs);

async function tickOnce(real: Real, db: Database = database.db): Promise<void> {
  await tickRollouts(db, now(real), TEST_DELIVERY);
}

/** A process that dies after some of its transactions. */
function dying(after: number): Database {
  let begun = 0;
  return new Proxy(database.db, {
    get(target, key) {
      if (key !== "$transaction") return Reflect.get(target, key) as unknown;
      return (work: never, options: never) => {
        if (begun++ >= after) return Promise.reject(new Error("power cut"));
        return target.$transaction(work, options);
      };
    },
  });
}

const steps = {
  tick: async (real: Real) => {
    real.nowMs += MINUTE_MS;
    const before = real.told;
    const isRunning = ["in_progress", "scheduled"].includes(real.model.state);
    real.model.tick(real.nowMs);
    await tickOnce(real);
    await compare(real);
    if (!isRunning) expect(real.told).toBe(before);
  },
  ticksAtOnce: async (real: Real) => {
    real.nowMs += MINUTE_MS;
    // Three at once do what one or several in a row do: the model goes on until nothing moves any more.
    for (let count = 0; count < 6; count++) real.model.tick(real.nowMs);
    await Promise.allSettled([tickOnce(real), tickOnce(real), tickOnce(real)]);
    for (let count = 0; count < 5; count++) await tickOnce(real);
    await compare(real);
  },
  crash: (after: number) => async (real: Real) => {
    real.nowMs += MINUTE_MS;
    await tickOnce(real, dying(after)).catch(() => undefined);
    // Whatever was left undone, whole ticks make up for.
    for (let count = 0; count < 6; count++) real.model.tick(real.nowMs);
    for (let count = 0; count < 6; count++) await tickOnce(real);
    await compare(real);
  },
  clock: (minutes: number) => (real: Real) => {
    real.nowMs += minutes * MINUTE_MS;
    return Promise.resolve();
  },
  report: (device: number, state: ReportedUpdateState, attempt: number, progress: number) => async (real: Real) => {
    const { db } = database;
    const row = await db.rolloutTarget.findFirst({
      where: { rolloutId: real.id, deviceKey: real.devices[device]!.key, attempt },
      include: { device: true },
    });
    const target = real.model.targets.find((one) => one.device === real.devices[device] && one.attempt === attempt);
    if (!row || !target) return;
    real.model.report(target, { state, attempt, progress }, real.nowMs);
    await db.$transaction((tx) =>
      applyUpdateReports(
        tx,
        [
          {
            deviceId: row.device.deviceId,
            execution: row.id,
            attempt,
            state,
            progress,
            code: state === "failed" ? "hash" : null,
            error: null,
          },
        ],
        now(real),
      ),
    );
    await compare(real);
  },
  reboot: (device: number, version: string | null) => async (real: Real) => {
    const one = real.devices[device]!;
    one.boot += 1;
    one.seenAtMs = real.nowMs + 1;
    one.version = version ?? one.version;
    real.model.reconcile(real.model.targets.filter((target) => target.device === one));
    await database.db.deviceState.update({
      where: { deviceKey: one.key },
      data: { bootId: String(one.boot), firmwareVersion: one.version, lastSeenAt: new Date(one.seenAtMs) },
    });
    await database.db.$transaction((tx) => reconcileTargets(tx, Prisma.sql`d.id = ${one.key}::uuid`, now(real)));
    await compare(real);
  },
  person: (verb: typeof pauseRollout, act: (model: RolloutModel, nowMs: number) => void) => async (real: Real) => {
    act(real.model, real.nowMs);
    const { version } = await database.db.rollout.findUniqueOrThrow({ where: { id: real.id } });
    await verb({ ctx: contextOf(database.db, admin, now(real)), input: { id: real.id, version } }).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    });
    await compare(real);
  },
};

const device = fc.integer({ min: 0, max: DEVICES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ name: "tick", run: steps.tick }) },
  { weight: 1, arbitrary: fc.constant<Step>({ name: "ticks at once", run: steps.ticksAtOnce }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((after) => ({ name: `crash after ${after}`, run: steps.crash(after) })) },
  { weight: 1, arbitrary: fc.integer({ min: -30, max: 40 }).map((minutes) => ({ name: `clock ${minutes}`, run: steps.clock(minutes) })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(device, fc.constantFrom(...REPORTED_STATES), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 100 }))
      .map(([one, state, attempt, progress]) => ({
        name: `${one} says ${state} of ${attempt}`,
        run: steps.report(one, state, attempt, progress),
      })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(device, fc.constantFrom("2.0.0", "2.0.0", null))
      .map(([one, version]) => ({ name: `${one} boots ${version ?? "the same"}`, run: steps.reboot(one, version) })),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ name: "pause", run: steps.person(pauseRollout, (model) => model.pause()) }) },
  { weight: 2, arbitrary: fc.constant<Step>({ name: "resume", run: steps.person(resumeRollout, (model) => model.resume()) }) },
  { weight: 2, arbitrary: fc.constant<Step>({ name: "approve", run: steps.person(approveStage, (model) => model.approve()) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ name: "retry", run: steps.person(retryFailed, (model, nowMs) => model.retry(nowMs)) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ name: "cancel", run: steps.person(cancelRollout, (model) => model.cancel()) }) },
);

test("whatever happens in whatever order, the engine does what the model does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step.map(named), { minLength: 5, maxLength: 40 }), async (sequence) => {
      const real = await begin();
      for (const { run } of sequence) await run(real);
    }),
    { numRuns: RUNS, reporter: undefined },
  );
}, 300_000);
