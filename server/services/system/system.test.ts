import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { runJob } from "@/server/jobs/run-job";
import type { WorkerFacts } from "@/server/domain/system/process-facts";
import { withLease } from "@/server/services/leases/with-lease";
import { beatReception } from "@/server/services/health/reception";
import { recordRun } from "@/server/services/jobs/record-run";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { beatProcess, endProcess, forgetProcesses } from "./beat-process";
import { getDatabaseStatus } from "./get-database-status";
import { getStorage } from "./get-storage";
import { getSystem } from "./get-system";
import { runJobNow } from "./run-job-now";

const dataFolder = await mkdtemp(path.join(tmpdir(), "sd-system-"));
process.env.DATA_DIR = dataFolder;

const database = useTestDatabase();
const admin = () => contextOf(database.db, actorWith("admin"));
const system = () => getSystem({ ctx: admin() });
const jobOf = async (name: string) => (await system()).jobs.find((job) => job.name === name);

afterAll(() => rm(dataFolder, { recursive: true }));

beforeEach(async () => {
  const { db } = database;
  await db.processBeat.deleteMany();
  await db.jobRun.deleteMany();
  await db.jobHour.deleteMany();
  await db.lease.deleteMany();
  await db.changeFeed.deleteMany();
});

const SINCE = new Date("2026-06-01T08:00:00Z");

function beat(kind: "web" | "worker" | "broker", facts: object = {}, name = `${kind}@barn:1`) {
  const rest = { version: "1.2.3", nodeVersion: "v20.20.2", uptimeSeconds: 90, memoryBytes: 5_000_000_000 };
  return beatProcess(database.db, { name, kind, facts: facts as WorkerFacts, ...rest });
}

const worker = (facts: Partial<WorkerFacts> = {}, name?: string) =>
  beat(
    "worker",
    { isEmbedded: true, address: "mqtt://127.0.0.1:1883", connectedSince: SINCE, sentPerMinute: 3, bridge: null, ...facts },
    name,
  );

const bridge = (facts: Partial<NonNullable<WorkerFacts["bridge"]>> = {}) => ({
  isEmbedded: false,
  address: "mqtts://broker.example:8883",
  bridge: {
    connectedSince: SINCE,
    receivedPerMinute: 40,
    subscriptions: [
      { filter: "smartdairy/+/status", qos: 1 },
      { filter: "smartdairy/+/data", qos: null },
    ],
    sys: null,
    ...facts,
  },
});

const silence = (name: string) => database.db.processBeat.update({ where: { name }, data: { aliveAt: new Date(Date.now() - 60_000) } });

describe("the broker", () => {
  test("of which nobody says anything is unknown, not away", async () => {
    expect((await system()).broker).toEqual({
      isEmbedded: false,
      address: null,
      isReachable: null,
      connectedSince: null,
      version: null,
      clients: null,
      receivedPerMinute: null,
      brokerReceivedPerMinute: null,
      sentPerMinute: null,
      subscriptions: [],
    });
  });

  test("that is embedded tells its clients and messages itself", async () => {
    await worker();
    await beat("broker", { devices: 12, services: 1, receivedPerMinute: 48, sentPerMinute: 3 });
    expect((await system()).broker).toMatchObject({
      isEmbedded: true,
      isReachable: true,
      connectedSince: SINCE,
      clients: { devices: 12, services: 1, total: 13 },
      receivedPerMinute: 48,
      sentPerMinute: 3,
    });
  });

  test("that is external is known by what the workers see; what it does not say stays unknown", async () => {
    await worker(bridge());
    await worker({ ...bridge({ receivedPerMinute: 2 }), sentPerMinute: 4 }, "worker@other:1");
    expect((await system()).broker).toMatchObject({
      isEmbedded: false,
      address: "mqtts://broker.example:8883",
      isReachable: true,
      clients: null,
      version: null,
      receivedPerMinute: 42,
      sentPerMinute: 7,
      subscriptions: [
        { filter: "smartdairy/+/status", qos: 1 },
        { filter: "smartdairy/+/data", qos: null },
      ],
    });
    await worker(bridge({ sys: { version: "mosquitto version 2.0.21", clients: 77, receivedPerMinute: 500 } }));
    expect((await system()).broker).toMatchObject({
      version: "mosquitto version 2.0.21",
      clients: { devices: null, services: null, total: 77 },
      brokerReceivedPerMinute: 500,
    });
  });

  test("is away when no living worker is connected to it, and unknown when none lives", async () => {
    await worker({ ...bridge({ connectedSince: null }) });
    expect((await system()).broker).toMatchObject({ isReachable: false });
    await silence("worker@barn:1");
    expect((await system()).broker).toMatchObject({ isReachable: null, sentPerMinute: null });
  });

  test("facts of another version that nobody understands are none", async () => {
    await beat("worker", { speaks: "another language" });
    await beat("broker", { devices: "many" });
    expect((await system()).broker).toMatchObject({ isReachable: null, clients: null });
  });
});

describe("processes", () => {
  test("are told apart, take their row over after a restart, and are silent when they stop without a word", async () => {
    await beat("web");
    await worker();
    await beat("web");
    await silence("web@barn:1");
    const { processes } = await system();
    expect(processes).toMatchObject([
      { name: "worker@barn:1", isAlive: true, version: "1.2.3", nodeVersion: "v20.20.2", memoryBytes: 5_000_000_000 },
      { name: "web@barn:1", isAlive: false },
    ]);
    expect(processes[0]!.aliveAt.getTime() - processes[0]!.startedAt.getTime()).toBe(90_000);
    expect(processes[0]).not.toHaveProperty("facts");
  });

  test("that stop in order are gone at once, others after a day", async () => {
    await beat("web");
    await worker();
    await endProcess(database.db, "web@barn:1");
    await silence("worker@barn:1");
    await forgetProcesses(database.db);
    expect(await database.db.processBeat.count()).toBe(1);
    await database.db.processBeat.updateMany({ data: { aliveAt: new Date(Date.now() - 25 * 3_600_000) } });
    await forgetProcesses(database.db);
    expect(await database.db.processBeat.count()).toBe(0);
  });
});

describe("jobs", () => {
  test("are all there before any has run", async () => {
    expect((await system()).jobs).toHaveLength(6);
    expect(await jobOf("health")).toMatchObject({ state: "never", startedAt: null, nextAt: null, runs: 0, day: { runs: 0, failures: 0 } });
    // The clock of a worker that has just started comes to it; one that never does is noticed.
    await worker();
    await database.db.processBeat.updateMany({ data: { startedAt: new Date() } });
    const due = await jobOf("health");
    expect([due?.state, Math.round((due!.nextAt!.getTime() - Date.now()) / 10_000)]).toEqual(["never", 6]);
    await database.db.processBeat.updateMany({ data: { startedAt: new Date(Date.now() - 600_000) } });
    expect(await jobOf("health")).toMatchObject({ state: "late", startedAt: null });
  });

  test("tell what they did, when they are next, and how the last day went", async () => {
    await recordRun(database.db, "health", () => Promise.resolve({ changed: 3, raised: 0 }));
    const failed = recordRun(database.db, "health", () => Promise.reject(new Error("the disk is full")));
    await expect(failed).rejects.toThrow("the disk is full");
    const after = await jobOf("health");
    expect(after).toMatchObject({ state: "failed", error: "the disk is full", runs: 2, day: { runs: 2, failures: 1 } });
    expect(after!.nextAt!.getTime() - after!.startedAt!.getTime()).toBe(60_000);
    await recordRun(database.db, "health", () => Promise.resolve({ changed: 1 }));
    expect(await jobOf("health")).toMatchObject({
      state: "done",
      error: null,
      counts: { changed: 1 },
      lastFailure: "the disk is full",
      lastFailedAt: expect.any(Date) as Date,
      day: { runs: 3, failures: 1 },
    });
    await database.db.jobHour.updateMany({ data: { hour: new Date(Date.now() - 30 * 3_600_000) } });
    expect((await jobOf("health"))?.day).toMatchObject({ runs: 0, failures: 0 });
  });

  test("keep two days of hours, however often they run", async () => {
    await runJob(database.db, "notifications");
    await database.db.jobHour.updateMany({ data: { hour: new Date(Date.now() - 50 * 3_600_000) } });
    await runJob(database.db, "notifications");
    await runJob(database.db, "housekeeping");
    expect(await database.db.jobHour.count({ where: { name: "notifications" } })).toBe(1);
  });

  test("are running while their lease is held, and cut off when it is not", async () => {
    await withLease(database.db, "job:imports", 60, async () => {
      await recordRun(database.db, "imports", async () => {
        expect(await jobOf("imports")).toMatchObject({ state: "running", durationMs: null, counts: {} });
        return {};
      });
      await database.db.jobRun.update({ where: { name: "imports" }, data: { finishedAt: null } });
    });
    expect(await jobOf("imports")).toMatchObject({ state: "cut_off" });
  });

  test("that nobody calls any more are late", async () => {
    await recordRun(database.db, "webhooks", () => Promise.resolve({}));
    await database.db.jobRun.updateMany({ data: { startedAt: new Date(Date.now() - 65_000) } });
    expect(await jobOf("webhooks")).toMatchObject({ state: "late" });
    // Until the clock of a worker that has just started comes to it.
    await worker();
    await database.db.processBeat.updateMany({ data: { startedAt: new Date() } });
    expect(await jobOf("webhooks")).toMatchObject({ state: "done" });
  });
});

describe("running a job out of turn", () => {
  const runNow = (job: unknown, ctx = admin()) => runJobNow({ ctx, input: { job }, run: (name) => runJob(database.db, name) });

  test("does it once, under its lease, and says who asked", async () => {
    expect(await runNow("notifications")).toMatchObject({ sent: 0 });
    expect(await jobOf("notifications")).toMatchObject({ state: "done", runs: 1 });
    expect(await database.db.auditEvent.findFirst({ where: { action: "job.run_now" } })).toMatchObject({ subjectId: "notifications" });
    await withLease(database.db, "job:notifications", 60, async () => {
      await expect(runNow("notifications")).rejects.toMatchObject({ code: "conflict" });
    });
    expect(await jobOf("notifications")).toMatchObject({ runs: 1 });
  });

  test.each([
    ["rollouts", "invalid_input"],
    ["backup", "invalid_input"],
    [undefined, "invalid_input"],
  ])("%s is refused", async (job, code) => {
    await expect(runNow(job)).rejects.toMatchObject({ code });
  });

  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s sees nothing and runs nothing", async (role) => {
    const farm = await testFarm(database.db);
    const ctx = contextOf(database.db, actorWith(role, farm.id));
    await expect(runNow("health", ctx)).rejects.toMatchObject({ code: "forbidden" });
    for (const read of [getSystem, getDatabaseStatus, getStorage]) await expect(read({ ctx })).rejects.toMatchObject({ code: "forbidden" });
    expect(await database.db.jobRun.count()).toBe(0);
  });
});

test("what is on its way is counted with the age of its first", async () => {
  const { db } = database;
  const farm = await testFarm(db);
  const { id: deviceKey } = await testDevice(db, { farmId: farm.id });
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const command = { deviceKey, kind: "identify" as const, expiresAt: ago(-600) };
  await db.deviceCommand.create({ data: { ...command, seq: 1, availableAt: ago(120) } });
  await db.deviceCommand.create({ data: { ...command, seq: 2, availableAt: ago(-60) } });
  await db.deviceCommand.create({ data: { ...command, seq: 3, availableAt: ago(900), finishedAt: ago(800) } });
  const { backlog } = await system();
  expect(backlog.map(({ what, waiting }) => [what, waiting])).toEqual([
    ["changes", 0],
    ["commands", 1],
    ["notifications", 0],
    ["webhooks", 0],
    ["imports", 0],
  ]);
  expect(backlog[1]!.oldestSeconds).toBeGreaterThanOrEqual(119);
  expect(backlog[0]!.oldestSeconds).toBeNull();
});

test("messages are received, or they are not", async () => {
  await database.db.reception.deleteMany();
  expect((await system()).receivingSince).toBeNull();
  await beatReception(database.db);
  expect((await system()).receivingSince).toBeInstanceOf(Date);
  await database.db.reception.updateMany({ data: { aliveAt: new Date(Date.now() - 120_000) } });
  expect((await system()).receivingSince).toBeNull();
});

test("the database says its version, size, tables and what is pending", async () => {
  const status = await getDatabaseStatus({ ctx: admin() });
  expect(status).toMatchObject({ isEmbedded: false, pendingMigrations: [], version: expect.stringMatching(/^\d+/) as string });
  expect(status.sizeBytes).toBeGreaterThan(1_000_000);
  expect(status.tables).toHaveLength(8);
  expect(status.tables.map(({ bytes }) => bytes)).toEqual(status.tables.map(({ bytes }) => bytes).sort((a, b) => b - a));
  const [last] = await database.db.$queryRaw<{ name: string }[]>`SELECT max(migration_name) AS name FROM _prisma_migrations`;
  await database.db.$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = ${last!.name}`;
  expect((await getDatabaseStatus({ ctx: admin() })).pendingMigrations).toEqual([last!.name]);
  await database.db.$executeRaw`UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = ${last!.name}`;
});

test("storage is what lies in the data folder, by kind", async () => {
  const bytesOf = async () => {
    const { kinds } = await getStorage({ ctx: admin() });
    return Object.fromEntries(kinds.map(({ kind, bytes, files }) => [kind, [bytes, files]]));
  };
  await rm(dataFolder, { recursive: true });
  expect(await bytesOf()).toMatchObject({ firmware: [0, 0], imports: [0, 0], other: [0, 0] });
  for (const [folder, bytes] of [
    ["firmware", 12_345],
    ["imports", 678],
    ["postgres/base", 9_000],
    ["elsewhere", 4],
  ] as const) {
    await mkdir(path.join(dataFolder, folder), { recursive: true });
    await writeFile(path.join(dataFolder, folder, "a"), Buffer.alloc(bytes));
  }
  await writeFile(path.join(dataFolder, "secrets.json"), "{}");
  expect(await bytesOf()).toMatchObject({ firmware: [12_345, 1], imports: [678, 1], database: [9_000, 1], other: [6, 2] });
  const { folder, freeBytes, totalBytes } = await getStorage({ ctx: admin() });
  expect([folder, freeBytes > 0, totalBytes >= freeBytes]).toEqual([dataFolder, true, true]);
});
