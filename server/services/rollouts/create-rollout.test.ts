import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, requestKey, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { countStates, OPEN_STAGE, testFirmware, testRollout, testRunning } from "@/server/testing/rollouts";
import { createRollout } from "./create-rollout";
import { preflight } from "./preflight";

const database = useTestDatabase();
const NOW = new Date("2026-03-10T12:00:00Z");
const admin = actorWith("admin");
let farmId: string;

beforeEach(async () => {
  const { db } = database;
  await db.rollout.deleteMany();
  await db.device.deleteMany();
  await db.firmwareVersion.deleteMany();
  farmId = (await testFarm(db)).id;
});

const look = (input: object, actor = admin) =>
  preflight({
    ctx: contextOf(database.db, actor, NOW),
    input: { filter: {}, stages: [OPEN_STAGE], policy: { maxInFlightGroup: null }, ...input },
  });

describe("the preflight", () => {
  test("says of every device whether it will be updated, and if not, why and what would help", async () => {
    const { db } = database;
    await testFirmware(db, "1.5.0");
    const { id: firmwareId } = await testFirmware(db, "2.0.0", { minPreviousVersion: "1.5.0" });
    const fits = { model: "LF-200", manufacturer: "Lactoflow" };
    await db.firmwareVersion.updateMany({ data: { compatibleModels: ["lf-200"], manufacturer: "Lactoflow" } });
    const devices: Record<string, object> = {
      updates: { ...fits },
      held: { ...fits, state: { connected: false } },
      decommissioned: { ...fits, lifecycle: "decommissioned" },
      not_in_service: { ...fits, lifecycle: "provisioned" },
      wrong_type: { ...fits, type: "gate" },
      wrong_manufacturer: { ...fits, manufacturer: "Other" },
      wrong_model: { ...fits, model: "LF-100" },
    };
    for (const given of Object.values(devices)) await testRunning(db, farmId, "1.5.0", given);
    await testRunning(db, farmId, "2.0.0", fits);
    await testRunning(db, farmId, "2.1.0", fits);
    await testRunning(db, farmId, "1.0.0", fits);
    await testRunning(db, farmId, "?", { ...fits, state: { firmwareVersion: null } });
    const plan = await look({ firmwareId });
    expect(plan).toMatchObject({ total: 11, willUpdate: 2, farms: 1, heldNow: [{ reason: "offline", count: 1 }], canGoBack: 2 });
    expect(Object.fromEntries(plan.skipped.map(({ reason, hop, count }) => [reason, [hop, count]]))).toEqual({
      decommissioned: [null, 1],
      not_in_service: [null, 1],
      wrong_type: [null, 1],
      wrong_manufacturer: [null, 1],
      wrong_model: [null, 1],
      same_version: [null, 1],
      newer_version: [null, 1],
      min_previous_version: ["1.5.0", 1],
      unknown_version: [null, 1],
    });
    expect(plan.skipped[0]?.examples).toHaveLength(1);
  });

  test("stays on the caller's farms, and needs the right to update there", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    const other = await testFarm(db);
    await testRunning(db, farmId, "1.0.0");
    await testRunning(db, other.id, "1.0.0");
    expect(await look({ firmwareId }, actorWith("farm_manager", farmId))).toMatchObject({ total: 1, willUpdate: 1 });
    expect(await look({ firmwareId }, actorWith("field_staff", farmId))).toMatchObject({
      total: 1,
      willUpdate: 0,
      skipped: [{ reason: "not_allowed" }],
    });
    expect(await look({ firmwareId })).toMatchObject({ total: 2, farms: 2 });
  });

  test.each([
    ["draft", "draft"],
    ["deprecated", "deprecated"],
  ] as const)("a version that is %s is refused", async (_, state) => {
    const { id: firmwareId } = await testFirmware(database.db, "2.0.0");
    await database.db.firmwareVersion.update({ where: { id: firmwareId }, data: { state } });
    await expect(look({ firmwareId })).rejects.toMatchObject({ code: "conflict", fields: { firmwareId: expect.any(String) as string } });
  });

  test.each([
    ["a success threshold of 101", { stages: [{ ...OPEN_STAGE, successThreshold: 101 }] }],
    ["a negative failure threshold", { stages: [{ ...OPEN_STAGE, failureThreshold: -1 }] }],
    ["no stage", { stages: [] }],
    ["a stage of 0 devices", { stages: [{ ...OPEN_STAGE, size: { kind: "count", count: 0 } }] }],
    ["a stage of 0 %", { stages: [{ ...OPEN_STAGE, size: { kind: "percent", upTo: 0 } }] }],
    ["stages that do not rise", { stages: [OPEN_STAGE, OPEN_STAGE] }],
    ["force without a reason", { policy: { forceUpdate: true } }],
    ["a device in two stages", { stages: [1, 2].map(() => ({ ...OPEN_STAGE, size: { kind: "devices", deviceIds: ["MM001"] } })) }],
  ])("%s is refused", async (_, input) => {
    const { id: firmwareId } = await testFirmware(database.db, "2.0.0");
    await expect(look({ firmwareId, ...input })).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("a rollout is created", () => {
  test("exactly as it was previewed: every device once, in its stage, by a stored order", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    for (let count = 0; count < 20; count++) await testRunning(db, farmId, "1.0.0");
    await testRunning(db, farmId, "2.0.0");
    const percent = (upTo: number) => ({ ...OPEN_STAGE, size: { kind: "percent", upTo } });
    const stages = [percent(5), percent(25), percent(100)];
    const plan = await look({ firmwareId, stages });
    expect(plan.stages.map(({ count }) => count)).toEqual([1, 4, 15]);
    const id = await testRollout(db, admin, { firmwareId, now: NOW, stages });
    const targets = await db.rolloutTarget.findMany({ where: { rolloutId: id }, orderBy: [{ position: "asc" }, { cohort: "asc" }] });
    const pending = targets.filter(({ state }) => state === "pending");
    expect([0, 1, 2].map((position) => pending.filter((target) => target.position === position).length)).toEqual([1, 4, 15]);
    expect(new Set(pending.map(({ deviceKey }) => deviceKey)).size).toBe(20);
    // Lower cohorts come first, over all stages.
    const cohorts = pending.map(({ cohort }) => cohort);
    expect(cohorts).toEqual([...cohorts].sort((a, b) => (a < b ? -1 : 1)));
    expect(await countStates(db, id)).toEqual({ pending: 20, skipped: 1 });
    const device = await db.device.findUniqueOrThrow({ where: { id: pending[0]!.deviceKey } });
    expect(device).toMatchObject({ targetFirmwareVersion: "2.0.0", firmwareUpdateStatus: "scheduled", firmwareUpdateScheduledAt: NOW });
    expect(await db.auditEvent.count({ where: { action: "rollout.created", subjectId: id } })).toBe(1);
  });

  test("named devices go into their stage, the others into the rest", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    const bench = await testRunning(db, farmId, "1.0.0");
    for (let count = 0; count < 3; count++) await testRunning(db, farmId, "1.0.0");
    const stages = [{ ...OPEN_STAGE, size: { kind: "devices", deviceIds: [bench.deviceId] } }, OPEN_STAGE];
    const id = await testRollout(db, admin, { firmwareId, now: NOW, stages });
    const first = await db.rolloutTarget.findMany({ where: { rolloutId: id, position: 0 } });
    expect(first.map(({ deviceKey }) => deviceKey)).toEqual([bench.id]);
    expect(await db.rolloutTarget.count({ where: { rolloutId: id, position: 1 } })).toBe(3);
  });

  test("not when devices have changed since the preflight; nothing is written then", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    await testRunning(db, farmId, "1.0.0");
    const plan = { firmwareId, filter: {}, stages: [OPEN_STAGE], policy: {} };
    const { planHash } = await look(plan);
    await testRunning(db, farmId, "1.0.0");
    const input = { ...plan, name: "Late", planHash, requestKey: requestKey() };
    await expect(createRollout({ ctx: contextOf(db, admin, NOW), input })).rejects.toMatchObject({
      code: "conflict",
      fields: { planHash: expect.any(String) as string },
    });
    expect(await db.rollout.count()).toBe(0);
  });

  test.each<[string, object, string]>([
    ["no device would be updated", { filter: { types: ["gate"] } }, "filter"],
    ["a stage stays empty", { stages: [OPEN_STAGE, { ...OPEN_STAGE, size: { kind: "count", count: 5 } }] }, "stages.1.size"],
    ["devices are left over", { stages: [{ ...OPEN_STAGE, size: { kind: "count", count: 1 } }] }, "stages"],
  ])("not when %s", async (_, change, field) => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    await testRunning(db, farmId, "1.0.0");
    await testRunning(db, farmId, "1.0.0");
    await expect(testRollout(db, admin, { firmwareId, now: NOW, ...change })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) as string },
    });
    expect(await db.rollout.count()).toBe(0);
  });

  test("once for one request key", async () => {
    const { db } = database;
    const creator = { ...admin, userId: admin.userId };
    await db.user.create({ data: { id: creator.userId, name: "Admin", email: creator.email } });
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    await testRunning(db, farmId, "1.0.0");
    const plan = { firmwareId, filter: {}, stages: [OPEN_STAGE], policy: { maxInFlightGroup: null } };
    const { planHash } = await look(plan);
    const input = { ...plan, name: "Once", planHash, requestKey: requestKey() };
    const ids = await Promise.all([1, 2, 3].map(() => createRollout({ ctx: contextOf(db, creator, NOW), input })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  test("a device that waits in another rollout is left out", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    const { id: newer } = await testFirmware(db, "3.0.0");
    await testRunning(db, farmId, "1.0.0");
    await testRollout(db, admin, { firmwareId, now: NOW });
    expect(await look({ firmwareId: newer })).toMatchObject({ willUpdate: 0, skipped: [{ reason: "other_rollout", count: 1 }] });
  });

  test("with the same number of statements for one device and for fifty", async () => {
    const { db } = database;
    const { id: firmwareId } = await testFirmware(db, "2.0.0");
    await testRunning(db, farmId, "1.0.0");
    const few = await countStatements(() => testRollout(db, admin, { firmwareId, now: NOW }));
    await db.rollout.deleteMany();
    for (let count = 0; count < 49; count++) await testRunning(db, farmId, "1.0.0");
    expect(await countStatements(() => testRollout(db, admin, { firmwareId, now: NOW }))).toBe(few);
  });
});
