import { beforeEach, describe, expect, test } from "vitest";
import type { ResponseState } from "@/server/domain/commands/schema";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { applyResponses } from "./apply-responses";
import { claimDueCommands } from "./dispatch-commands";
import { enqueueCommands } from "./enqueue-commands";
import { identifyDevice } from "./identify-device";
import { listCommands } from "./list-commands";

const database = useTestDatabase();
let farmId: string;
let device: Awaited<ReturnType<typeof testDevice>>;

beforeEach(async () => {
  await database.db.deviceCommand.deleteMany();
  farmId = (await testFarm(database.db)).id;
  device = await testDevice(database.db, { farmId, lifecycle: "active", state: { connected: true } });
});

async function enqueue(target = device, expiresInSeconds = 60): Promise<string> {
  const [command] = await enqueueAll([target.id], expiresInSeconds);
  return command!.commandId;
}

function enqueueAll(deviceKeys: string[], expiresInSeconds = 60) {
  const command = { kind: "diagnostic" as const, params: { a: 1 }, reason: null, forced: false, issuedById: null, now: new Date() };
  return database.db.$transaction((tx) => enqueueCommands(tx, { ...command, deviceKeys, expiresInSeconds }));
}

const claim = (limit = 100) => claimDueCommands(database.db, limit, () => 0.5);

function respond(
  ...responses: { id: string; state: ResponseState; deviceId?: string; result?: Record<string, unknown>; error?: string }[]
): Promise<void> {
  return database.db.$transaction((tx) =>
    applyResponses(
      tx,
      responses.map((response) => ({ deviceId: device.deviceId, ...response })),
      new Date(),
    ),
  );
}

const commandOf = (id: string) => database.db.deviceCommand.findUniqueOrThrow({ where: { id } });

/** Makes what was sent due again. */
async function letTimePass(): Promise<void> {
  await database.db.$executeRaw`UPDATE device_command SET available_at = now() WHERE finished_at IS NULL`;
}

describe("the outbox", () => {
  test("numbers the commands of a device one by one, however many come at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => enqueue()));
    const rows = await database.db.deviceCommand.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test("numbers those of many devices in two statements, also when batches overlap", async () => {
    const others = await Promise.all(Array.from({ length: 30 }, () => testDevice(database.db, { farmId })));
    const keys = others.map((other) => other.id);
    const one = await countStatements(() => enqueueAll(keys.slice(0, 1)));
    expect(await countStatements(() => enqueueAll(keys))).toBe(one);
    await database.db.deviceCommand.deleteMany();
    await Promise.all(Array.from({ length: 8 }, (_, index) => enqueueAll(index % 2 === 0 ? keys : keys.toReversed())));
    const rows = await database.db.deviceCommand.groupBy({ by: ["deviceKey"], _max: { seq: true }, _count: true });
    expect(rows.map((row) => [Number(row._max.seq), row._count])).toEqual(keys.map(() => [8, 8]));
  });

  test("hands out a command once, then only after its delay", async () => {
    const id = await enqueue();
    const [command] = await claim();
    expect(command).toMatchObject({ id, deviceId: device.deviceId, seq: 1, kind: "diagnostic", payload: { a: 1 } });
    expect(await commandOf(id)).toMatchObject({ state: "sent", attempts: 1 });
    expect(await claim()).toEqual([]);
    await letTimePass();
    expect(await claim()).toMatchObject([{ id }]);
    expect(await commandOf(id)).toMatchObject({ state: "sent", attempts: 2 });
  });

  test("two publishers never take the same command", async () => {
    const others = await Promise.all(
      Array.from({ length: 30 }, () => testDevice(database.db, { farmId, lifecycle: "active", state: { connected: true } })),
    );
    await Promise.all(others.map((other) => enqueue(other)));
    const claimed = (await Promise.all([claim(10), claim(10), claim(10), claim(10)])).flat();
    expect(claimed).toHaveLength(30);
    expect(new Set(claimed.map((command) => command.id)).size).toBe(30);
  });

  test("one in flight per device: the next goes out when the one before is finished", async () => {
    const [first, second] = [await enqueue(), await enqueue()];
    expect((await claim()).map((command) => command.id)).toEqual([first]);
    expect(await claim()).toEqual([]);
    await respond({ id: first, state: "acknowledged" });
    expect(await claim()).toEqual([]);
    await respond({ id: first, state: "succeeded" });
    expect((await claim()).map((command) => command.id)).toEqual([second]);
  });

  test("an acknowledged command is not sent again", async () => {
    const id = await enqueue();
    await claim();
    await respond({ id, state: "acknowledged" });
    await letTimePass();
    expect(await claim()).toEqual([]);
  });

  test("waits while the device is known to be away", async () => {
    await database.db.deviceState.update({ where: { deviceKey: device.id }, data: { connected: false } });
    await enqueue();
    expect(await claim()).toEqual([]);
    await database.db.deviceState.update({ where: { deviceKey: device.id }, data: { connected: true } });
    expect(await claim()).toHaveLength(1);
  });

  test("what nobody answered in time is closed, whatever state it reached, and lets the next one through", async () => {
    const ids = [await enqueue(device, 0), await enqueue(device, 60)];
    expect((await claim()).map((command) => command.id)).toEqual([ids[1]]);
    expect(await commandOf(ids[0]!)).toMatchObject({ state: "expired", error: "The device did not answer in time." });
    await respond({ id: ids[0]!, state: "succeeded" });
    expect(await commandOf(ids[0]!)).toMatchObject({ state: "expired" });
  });
});

describe("responses", () => {
  test.each([
    [["acknowledged"], "acknowledged"],
    [["acknowledged", "succeeded"], "succeeded"],
    [["succeeded"], "succeeded"],
    [["failed"], "failed"],
    [["succeeded", "succeeded"], "succeeded"],
    [["succeeded", "failed"], "succeeded"],
    [["failed", "succeeded"], "failed"],
    [["succeeded", "acknowledged"], "succeeded"],
    [["acknowledged", "acknowledged", "failed", "acknowledged"], "failed"],
  ] as const)("%j settle as %s, one by one or in one batch", async (states, expected) => {
    const [one, batch] = [await enqueue(), await enqueue()];
    for (const state of states) await respond({ id: one, state });
    await respond(...states.map((state) => ({ id: batch, state })));
    for (const id of [one, batch]) {
      const row = await commandOf(id);
      expect(row.state).toBe(expected);
      expect(row.finishedAt !== null).toBe(expected !== "acknowledged");
      expect(row.acknowledgedAt).not.toBeNull();
    }
  });

  test("keep the result and the reason of a failure", async () => {
    const [good, bad] = [await enqueue(), await enqueue()];
    await respond({ id: good, state: "succeeded", result: { memory: "ok" } }, { id: bad, state: "failed", error: "valve stuck" });
    expect(await commandOf(good)).toMatchObject({ result: { memory: "ok" }, error: null });
    expect(await commandOf(bad)).toMatchObject({ error: "valve stuck" });
  });

  test("of another device are ignored, even in one batch with the right one", async () => {
    const stranger = await testDevice(database.db, { farmId });
    const id = await enqueue();
    await respond({ id, state: "failed", deviceId: stranger.deviceId });
    expect(await commandOf(id)).toMatchObject({ state: "queued" });
    await respond({ id, state: "failed", deviceId: stranger.deviceId }, { id, state: "succeeded" });
    expect(await commandOf(id)).toMatchObject({ state: "succeeded" });
  });

  test("to commands that never were change nothing", async () => {
    const id = await enqueue();
    await respond({ id: "01890000-0000-7000-8000-000000000000", state: "succeeded" });
    expect(await commandOf(id)).toMatchObject({ state: "queued" });
  });
});

describe("asking a device to show itself", () => {
  const identify = (deviceId: string, input: Record<string, unknown> = {}, actor = actorWith("field_staff", farmId)) =>
    identifyDevice({ ctx: contextOf(database.db, actor), input: { deviceId, ...input } });

  test("puts a command into the outbox and the audit log", async () => {
    const { commandId } = await identify(device.deviceId, { seconds: 45 });
    expect(await commandOf(commandId)).toMatchObject({ kind: "identify", payload: { seconds: 45 }, state: "queued" });
    expect(await database.db.auditEvent.count({ where: { subjectId: device.deviceId, action: "device.command_issued" } })).toBe(1);
    const list = await listCommands({ ctx: contextOf(database.db, actorWith("viewer", farmId)), input: { deviceId: device.deviceId } });
    expect(list.commands).toMatchObject([{ id: commandId, kind: "identify", state: "queued", attempts: 0 }]);
  });

  test.each([
    ["a draft", "draft"],
    ["a retired device", "decommissioned"],
  ] as const)("not %s", async (_, lifecycle) => {
    const other = await testDevice(database.db, { farmId, lifecycle });
    await expect(identify(other.deviceId)).rejects.toMatchObject({ code: "conflict" });
  });

  test("not by viewers, not for a day, not on other farms", async () => {
    await expect(identify(device.deviceId, {}, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
    await expect(identify(device.deviceId, { seconds: 86_400 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(identify(device.deviceId, {}, actorWith("farm_manager"))).rejects.toMatchObject({ code: "not_found" });
  });
});
