import { beforeEach, describe, expect, test } from "vitest";
import { applyResponses, type DeviceResponse } from "@/server/services/commands/apply-responses";
import { cancelCommand } from "@/server/services/commands/cancel-command";
import { claimDueCommands } from "@/server/services/commands/dispatch-commands";
import { closeLeftBehind, expireCommands } from "@/server/services/commands/expire-commands";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { getDiagnostic } from "./get-diagnostic";
import { listDiagnostics } from "./list-diagnostics";
import { runDiagnostic } from "./run-diagnostic";
import { startDiagnostics } from "./start-diagnostics";

const database = useTestDatabase();
let farmId: string;
let device: Awaited<ReturnType<typeof testDevice>>;

const ONLINE = { connected: true, lastSeenAt: new Date(), batteryLevel: 64, signalStrength: -55, firmwareVersion: "3.4.1" };
const GOOD = {
  state: "ok",
  sensors: [{ name: "yieldKilograms", state: "ok", value: 2.7 }],
  storage: { state: "ok", freeBytes: 2_318_336, totalBytes: 4_194_304 },
  clock: { state: "ok", driftMs: -412 },
  firmware: { state: "ok", version: "3.4.1", sha256: "a".repeat(64) },
};

beforeEach(async () => {
  await database.db.diagnostic.deleteMany();
  await database.db.deviceCommand.deleteMany();
  farmId = (await testFarm(database.db)).id;
  device = await testDevice(database.db, { farmId, lifecycle: "active", state: ONLINE });
});

const ctx = () => contextOf(database.db, actorWith("field_staff", farmId));
const run = (deviceId = device.deviceId) => runDiagnostic({ ctx: ctx(), input: { deviceId } });
const get = (diagnosticId: string) => getDiagnostic({ ctx: ctx(), input: { diagnosticId } });
const respond = (...responses: DeviceResponse[]) =>
  database.db.$transaction((tx) =>
    applyResponses(
      tx,
      responses.map((response) => ({ ...response, deviceId: device.deviceId })),
      new Date(),
    ),
  );
const checkOf = (view: Awaited<ReturnType<typeof get>>, key: string) => view.checks.find((check) => check.key === key);

describe("a diagnostic", () => {
  test("joins the self-test with what the server knows, and stays with the device", async () => {
    const { diagnosticId, commandId } = await run();
    expect(await get(diagnosticId)).toMatchObject({ state: "running", result: null, checks: [] });
    await respond({ id: commandId!, state: "acknowledged" });
    await respond({ id: commandId!, state: "succeeded", result: GOOD, ts: Date.now() + 90_000 });
    const view = await get(diagnosticId);
    expect(view).toMatchObject({ state: "completed", result: "failed", previous: null });
    expect(checkOf(view, "sensor:yieldKilograms")).toMatchObject({ source: "device", result: "passed", value: "2.7" });
    expect(checkOf(view, "clock_skew")).toMatchObject({ source: "server", result: "failed", nextStep: expect.any(String) as string });
    expect(checkOf(view, "credential")).toMatchObject({ result: "passed", value: "Issued today" });
    const row = await database.db.device.findUniqueOrThrow({ where: { deviceId: device.deviceId } });
    expect(row.lastDiagnosticAt).not.toBeNull();
    expect(row.diagnosticReport).toMatchObject({ diagnosticId, result: "failed" });
    expect(row.version).toBe(1);
  });

  test("asked for many times at once is one", async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => run()));
    expect(new Set(runs.map(({ diagnosticId }) => diagnosticId)).size).toBe(1);
    expect(runs.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await database.db.deviceCommand.count()).toBe(1);
    await respond({ id: runs[0]!.commandId!, state: "succeeded", result: GOOD });
    expect((await run()).isNew).toBe(true);
  });

  test("of many devices costs as many statements as of one", async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => testDevice(database.db, { farmId, lifecycle: "active" })));
    const start = (keys: string[]) =>
      database.db.$transaction((tx) => startDiagnostics(tx, { deviceKeys: keys, requestedById: null, now: new Date() }));
    const one = await countStatements(() => start([device.id]));
    expect(await countStatements(() => start(others.map(({ id }) => id)))).toBe(one);
    expect(await database.db.diagnostic.count()).toBe(21);
  });

  test("answered twice, also differently, keeps its first report", async () => {
    const { diagnosticId, commandId } = await run();
    await respond({ id: commandId!, state: "succeeded", result: GOOD });
    const first = await get(diagnosticId);
    await respond({ id: commandId!, state: "succeeded", result: { state: "failed", storage: { state: "failed" } } });
    await respond({ id: commandId!, state: "failed", error: "no" });
    expect(await get(diagnosticId)).toEqual(first);
  });

  test.each([
    ["nothing", undefined],
    ["nonsense", { sensors: "many", storage: [1], clock: { state: "great" }, firmware: 7, memory: { state: "ok", freeBytes: -1 } }],
    ["a flood", { sensors: Array.from({ length: 800 }, (_, n) => ({ name: `s${n}`.repeat(30), state: "ok", value: "x".repeat(40) })) }],
    ["depth", { sensors: [[[[[{}]]]]], storage: { state: { state: "ok" } } }],
    ["pictures where a text is cut", { sensors: [{ name: "x".repeat(63) + "🐄🐄", state: "ok", value: "y".repeat(59) + "🐄🐄" }] }],
  ])("that is answered with %s has a report all the same", async (_, result) => {
    const { diagnosticId, commandId } = await run();
    await respond({ id: commandId!, state: "succeeded", ...(result ? { result } : {}) });
    const view = await get(diagnosticId);
    expect(view.state).toBe("completed");
    expect(view.checks.length).toBeGreaterThan(4);
    expect(view.checks.length).toBeLessThan(70);
  });

  test("refused by the device says so", async () => {
    const { diagnosticId, commandId } = await run();
    await respond({ id: commandId!, state: "failed", error: "not supported" });
    const view = await get(diagnosticId);
    expect(view).toMatchObject({ state: "completed", result: "failed" });
    expect(checkOf(view, "answer")).toMatchObject({ value: "Refused: not supported" });
  });

  test("without an answer is closed when its command expires, with the server's own checks", async () => {
    await database.db.deviceState.update({
      where: { deviceKey: device.id },
      data: { connected: false, lastSeenAt: new Date(Date.now() - 7_200_000), batteryLevel: 4 },
    });
    const { diagnosticId, commandId } = await run();
    await database.db.deviceCommand.update({ where: { id: commandId! }, data: { expiresAt: new Date() } });
    await Promise.all([expireCommands(database.db, new Date()), claimDueCommands(database.db, 10, () => 0.5)]);
    const view = await get(diagnosticId);
    expect(view).toMatchObject({ state: "no_answer", result: "failed" });
    expect(checkOf(view, "answer")).toMatchObject({ result: "failed", value: "Was not connected" });
    expect(checkOf(view, "last_seen")).toMatchObject({ result: "failed", value: "2 h ago" });
    expect(checkOf(view, "battery")).toMatchObject({ result: "failed", value: "4 %" });
  });

  test("cancelled with its command, or left behind by a lost one, is closed", async () => {
    const first = await run();
    await cancelCommand({ ctx: ctx(), input: { commandId: first.commandId } });
    expect(await get(first.diagnosticId)).toMatchObject({ state: "no_answer" });
    const second = await run();
    await database.db.deviceCommand.updateMany({ where: { id: second.commandId! }, data: { state: "cancelled", finishedAt: new Date() } });
    const lost = await database.db.diagnostic.create({ data: { deviceKey: device.id, requestedAt: new Date(Date.now() - 86_400_000) } });
    expect(await closeLeftBehind(database.db, new Date())).toBe(2);
    expect(await get(second.diagnosticId)).toMatchObject({ state: "no_answer" });
    expect(await get(lost.id)).toMatchObject({ state: "no_answer" });
  });

  test("is compared with the one before, and a firmware image that changed by itself is found", async () => {
    const first = await run();
    await respond({ id: first.commandId!, state: "succeeded", result: { ...GOOD, storage: { state: "failed" }, sensors: [] } });
    const second = await run();
    const altered = { ...GOOD.firmware, sha256: "b".repeat(64) };
    await respond({ id: second.commandId!, state: "succeeded", result: { ...GOOD, firmware: altered } });
    const view = await get(second.diagnosticId);
    expect(view.previous?.id).toBe(first.diagnosticId);
    expect(checkOf(view, "storage")).toMatchObject({ result: "passed", change: "better" });
    expect(checkOf(view, "firmware")).toMatchObject({ result: "failed", change: "worse" });
    expect(checkOf(view, "clock")).toMatchObject({ change: "same" });
    expect(checkOf(view, "sensor:yieldKilograms")).toMatchObject({ change: "new" });
    const list = await listDiagnostics({ ctx: ctx(), input: { deviceId: device.deviceId } });
    expect(list).toMatchObject({ total: 2, mayRun: true, diagnostics: [{ id: second.diagnosticId }, { id: first.diagnosticId }] });
  });

  test("sees where the battery is going", async () => {
    const hour = (hoursAgo: number) => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - hoursAgo * 3_600_000);
    await database.db.healthSample.createMany({
      data: Array.from({ length: 48 }, (_, n) => ({ deviceKey: device.id, hour: hour(n), batteryLast: 64 + n })),
    });
    const { diagnosticId, commandId } = await run();
    await respond({ id: commandId!, state: "succeeded", result: GOOD });
    expect(checkOf(await get(diagnosticId), "battery_trend")).toMatchObject({
      result: "failed",
      value: "\u221224 % a day, about 2 d left",
    });
  });
});
