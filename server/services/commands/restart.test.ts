import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { applyResponses } from "./apply-responses";
import { cancelCommand } from "./cancel-command";
import { configureDevice } from "./configure-device";
import { claimDueCommands } from "./dispatch-commands";
import { getRestartOutlook } from "./get-restart-outlook";
import { listCommands } from "./list-commands";
import { restartDevice } from "./restart-device";

const database = useTestDatabase();
const DAILY = [1, 2, 3, 4, 5, 6, 7];
const ALWAYS = [
  { name: "Day", weekdays: DAILY, startMinute: 0, endMinute: 720 },
  { name: "Night", weekdays: DAILY, startMinute: 720, endMinute: 0 },
];
/** 29 March 2026, Berlin: the clocks jump from 02:00 to 03:00 at 01:00 UTC. */
const NIGHT_SHIFT = [{ name: "Night shift", weekdays: [6], startMinute: 1_380, endMinute: 210 }];

let farmId: string;
let deviceId: string;
let deviceKey: string;

beforeEach(async () => {
  await database.db.deviceCommand.deleteMany();
  farmId = (await testFarm(database.db)).id;
  ({ deviceId, id: deviceKey } = await testDevice(database.db, {
    farmId,
    lifecycle: "active",
    state: { connected: true, lastSeenAt: new Date() },
  }));
});

const milk = async (sessions: typeof ALWAYS) => {
  await database.db.milkingSession.deleteMany({ where: { farmId } });
  await database.db.milkingSession.createMany({ data: sessions.map((session) => ({ ...session, farmId })) });
};
const restart = (input: Record<string, unknown> = {}, now = new Date(), actor = actorWith("field_staff", farmId)) =>
  restartDevice({ ctx: contextOf(database.db, actor, now), input: { deviceId, ...input } });
const list = () => listCommands({ ctx: contextOf(database.db, actorWith("viewer", farmId)), input: { deviceId } });
const claim = () => claimDueCommands(database.db, 100, () => 0.5);
const commandOf = (id: string) => database.db.deviceCommand.findUniqueOrThrow({ where: { id } });
const respond = (id: string, state: "acknowledged" | "succeeded") =>
  database.db.$transaction((tx) => applyResponses(tx, [{ id, state, deviceId }], new Date()));

describe("a restart", () => {
  test("waits an hour for its device, with who and why", async () => {
    const person = await testPerson(database.db);
    const actor = { ...actorWith("farm_manager", farmId), userId: person.id };
    const { commandId } = await restart({ reason: "  Frozen display " }, new Date(), actor);
    const [command] = (await list()).commands;
    expect(command).toMatchObject({ id: commandId, kind: "restart", reason: "Frozen display", issuedBy: person.name, cancellable: true });
    expect(command!.expiresAt.getTime() - command!.issuedAt.getTime()).toBe(3_600_000);
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId, action: "device.restart_requested" } })).toBe(1);
  });

  test.each([
    ["before the change", "2026-03-29T00:30:00Z"],
    ["after the change", "2026-03-29T01:20:00Z"],
  ])("is refused in a session over midnight and the change of clocks, %s", async (_, now) => {
    await milk(NIGHT_SHIFT);
    await expect(restart({}, new Date(now))).rejects.toMatchObject({
      code: "conflict",
      fields: { force: expect.stringMatching(/milking until 03:30/) as string },
    });
    expect(await database.db.deviceCommand.count()).toBe(0);
    await expect(restart({}, new Date("2026-03-29T01:30:00Z"))).resolves.toBeDefined();
  });

  test("is forced with a reason only, and says so", async () => {
    await milk(ALWAYS);
    await expect(restart({ force: true })).rejects.toMatchObject({ fields: { reason: expect.stringMatching(/Say why/) as string } });
    await expect(restart({ force: true, reason: " " })).rejects.toMatchObject({ code: "conflict" });
    const { commandId } = await restart({ force: true, reason: "Meter stuck" });
    expect(await commandOf(commandId)).toMatchObject({ forced: true, reason: "Meter stuck" });
    expect((await claim()).map((command) => command.id)).toEqual([commandId]);
  });

  test("of a gate always asks", async () => {
    ({ deviceId } = await testDevice(database.db, { farmId, lifecycle: "active", type: "gate" }));
    await expect(restart()).rejects.toMatchObject({ fields: { force: expect.stringMatching(/in its way/) as string } });
    const ctx = contextOf(database.db, actorWith("field_staff", farmId));
    expect(await getRestartOutlook({ ctx, input: { deviceId } })).toEqual({ verdict: { kind: "asks" } });
    await expect(restart({ force: true, reason: "Nobody in the lane" })).resolves.toBeDefined();
  });

  test("that waited is held while the farm milks, sent afterwards, and says what it waits for", async () => {
    const { commandId } = await restart();
    await milk(ALWAYS);
    await database.db.changeFeed.deleteMany();
    expect(await claim()).toEqual([]);
    expect(await commandOf(commandId)).toMatchObject({ state: "queued", attempts: 0 });
    expect(await database.db.changeFeed.findMany()).toMatchObject([{ topic: "devices", ids: [deviceId] }]);
    expect((await list()).commands).toMatchObject([
      { waitsFor: { kind: "milking", milking: { untilLocal: expect.any(String) as string } } },
    ]);
    await milk([]);
    await database.db.deviceCommand.update({ where: { id: commandId }, data: { availableAt: new Date() } });
    expect((await claim()).map((command) => command.id)).toEqual([commandId]);
  });

  test("another farm's milking holds nothing here", async () => {
    const other = await testFarm(database.db, { milkingSessions: { create: ALWAYS } });
    const theirs = await testDevice(database.db, { farmId: other.id, lifecycle: "active", state: { connected: true } });
    const held = await restartDevice({
      ctx: contextOf(database.db, actorWith("admin")),
      input: { deviceId: theirs.deviceId, force: true, reason: "x" },
    });
    await database.db.deviceCommand.update({ where: { id: held.commandId }, data: { forced: false } });
    const { commandId } = await restart();
    expect((await claim()).map((command) => command.id)).toEqual([commandId]);
  });

  test("pressed many times at once is one restart; one that is under way is not doubled", async () => {
    await Promise.all(Array.from({ length: 6 }, () => restart()));
    const open = await database.db.deviceCommand.findMany({ where: { finishedAt: null } });
    expect(open).toHaveLength(1);
    await claim();
    await expect(restart()).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/already/) as string });
    await respond(open[0]!.id, "succeeded");
    await expect(restart()).resolves.toBeDefined();
  });
});

describe("a configuration", () => {
  const configure = (input: Record<string, unknown> = {}, actor = actorWith("field_staff", farmId)) =>
    configureDevice({ ctx: contextOf(database.db, actor), input: { deviceId, reportingIntervalSeconds: 120, ...input } });

  test("is sent and becomes the server's own at once; the newest replaces what still waits", async () => {
    const first = await configure({ reportingIntervalSeconds: 300 });
    const second = await configure({ lowBatteryThreshold: 15, version: 2 });
    expect(await commandOf(first.commandId)).toMatchObject({ state: "cancelled" });
    expect(await commandOf(second.commandId)).toMatchObject({
      kind: "configure",
      state: "queued",
      payload: { reportIntervalSeconds: 120, lowBatteryThreshold: 15 },
    });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({
      healthCheckIntervalSeconds: 120,
      lowBatteryThreshold: 15,
      version: 3,
    });
    expect(second.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
  });

  test.each([
    [{ reportingIntervalSeconds: 9 }, "reportingIntervalSeconds"],
    [{ reportingIntervalSeconds: 86_401 }, "reportingIntervalSeconds"],
    [{ reportingIntervalSeconds: 10.5 }, "reportingIntervalSeconds"],
    [{ lowBatteryThreshold: 0 }, "lowBatteryThreshold"],
    [{ lowBatteryThreshold: 100 }, "lowBatteryThreshold"],
  ])("of %j is refused at its field and changes nothing", async (input, field) => {
    await expect(configure(input)).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: expect.any(String) as string } });
    expect(await database.db.deviceCommand.count()).toBe(0);
  });

  test("loses to an edit that came between", async () => {
    await expect(configure({ version: 7 })).rejects.toMatchObject({ code: "conflict" });
    expect(await database.db.deviceCommand.count()).toBe(0);
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId } })).toMatchObject({
      version: 1,
      healthCheckIntervalSeconds: 60,
    });
  });
});

describe("cancelling", () => {
  const cancel = (commandId: string, actor = actorWith("field_staff", farmId)) =>
    cancelCommand({ ctx: contextOf(database.db, actor), input: { commandId } });

  test("takes back what waits and what was sent, not what was taken or is over", async () => {
    const { commandId: queued } = await restart();
    await cancel(queued);
    expect(await commandOf(queued)).toMatchObject({ state: "cancelled", error: "Cancelled." });
    const { commandId: sent } = await restart();
    await claim();
    await cancel(sent);
    expect(await commandOf(sent)).toMatchObject({ state: "cancelled", error: "Cancelled; it may have arrived before." });
    await respond(sent, "succeeded");
    expect(await commandOf(sent)).toMatchObject({ state: "cancelled" });
    const { commandId: taken } = await restart();
    await claim();
    await respond(taken, "acknowledged");
    await expect(cancel(taken)).rejects.toMatchObject({ code: "conflict" });
    await expect(cancel(queued)).rejects.toMatchObject({ code: "conflict" });
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId, action: "device.command_cancelled" } })).toBe(2);
  });

  test("and the device's answer at the same moment: one of them wins, and both see the same", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { commandId } = await restart();
      await claim();
      const [cancelled] = await Promise.allSettled([cancel(commandId), respond(commandId, "succeeded")]);
      expect((await commandOf(commandId)).state).toBe(cancelled.status === "fulfilled" ? "cancelled" : "succeeded");
    }
  });

  test("is not for viewers or strangers", async () => {
    const { commandId } = await restart();
    await expect(cancel(commandId, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(cancel(commandId, actorWith("field_staff"))).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a list is paged, and says what an open command waits for", async () => {
  await restart();
  const configured = await configureDevice({
    ctx: contextOf(database.db, actorWith("admin")),
    input: { deviceId, reportingIntervalSeconds: 60 },
  });
  expect((await list()).commands.map((command) => command.waitsFor)).toEqual([{ kind: "earlier" }, null]);
  await database.db.deviceState.update({ where: { deviceKey }, data: { connected: false } });
  const page = await listCommands({ ctx: contextOf(database.db, actorWith("viewer", farmId)), input: { deviceId, page: 1, pageSize: 1 } });
  expect(page).toMatchObject({ total: 2, mayCommand: false, commands: [{ id: configured.commandId, waitsFor: { kind: "device" } }] });
});
