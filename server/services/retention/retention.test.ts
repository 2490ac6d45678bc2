import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { runJob } from "@/server/jobs/run-job";
import { DEFAULT_RETENTION, RETENTION_FACTS, RETENTION_KEYS, type Retention } from "@/server/domain/retention/settings";
import { verifyAudit } from "@/server/services/audit/verify-audit";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { BATCH_ROWS, MOST_BATCHES } from "./delete-expired";
import { getRetention } from "./get-retention";
import { previewRetention } from "./preview-retention";
import { saveRetention } from "./save-retention";

const dataFolder = await mkdtemp(path.join(tmpdir(), "sd-retention-"));
process.env.DATA_DIR = dataFolder;

const database = useTestDatabase();
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
let device: { id: string; deviceId: string; farmId: string };

afterAll(() => rm(dataFolder, { recursive: true }));

beforeEach(async () => {
  const { db } = database;
  await db.retentionSettings.deleteMany();
  await db.importJob.deleteMany();
  await db.firmwareArtifact.deleteMany();
  await db.device.deleteMany();
  await db.farm.deleteMany();
  const farm = await testFarm(db);
  device = await testDevice(db, { farmId: farm.id });
});

const admin = () => contextOf(database.db, actorWith("admin"));
const save = (settings: Partial<Record<keyof Retention, unknown>>, version = 0, ctx = admin()) =>
  saveRetention({ ctx, input: { settings: { ...DEFAULT_RETENTION, ...settings }, version } });
const preview = (settings: Partial<Retention>) =>
  previewRetention({ ctx: admin(), input: { settings: { ...DEFAULT_RETENTION, ...settings } } });
const keepHouse = () => runJob(database.db, "housekeeping");

/** One of everything that grows, so old. */
async function somethingFrom(days: number): Promise<void> {
  const { db } = database;
  const at = daysAgo(days);
  const person = await db.user.create({ data: { name: "P", email: `${randomUUID()}@farm.example` } });
  await db.healthSample.create({ data: { deviceKey: device.id, hour: at, messages: 1 } });
  await db.fleetSample.create({
    data: { farmId: device.farmId, hour: at, healthy: 1, warning: 0, critical: 0, unknown: 0, connected: 1, disconnected: 0 },
  });
  await alertFrom(days);
  await commandFrom(days);
  await db.diagnostic.create({ data: { deviceKey: device.id, state: "completed", requestedAt: at, finishedAt: at } });
  const open = await db.alert.findFirst({ where: { state: "active" } });
  const alert = open ?? (await alertFrom(0, "active"));
  await db.notification.create({
    data: {
      userId: person.id,
      alertId: alert.id,
      channel: "in_app",
      kind: "raised",
      severity: "low",
      state: "sent",
      dueAt: at,
      plannedAt: at,
    },
  });
  await db.webhookEvent.create({ data: { type: "device.updated", at, orderingKey: "device:X", data: {} } });
  const job = { fileName: "a.csv", sizeBytes: 1_000, createdById: person.id, createdByName: "P", delimiter: ",", fileRows: 1 };
  await db.importJob.create({
    data: { ...job, fileSha256: "ab".repeat(32), state: "done", createdAt: at, committedAt: at, workedAt: at },
  });
}

function alertFrom(days: number, state: "active" | "resolved" = "resolved") {
  const at = daysAgo(days);
  return database.db.alert.create({
    data: {
      deviceKey: device.id,
      farmId: device.farmId,
      condition: "custom",
      type: "custom",
      severity: "low",
      state,
      message: "Something",
      firstOccurrence: at,
      lastOccurrence: at,
      resolvedAt: state === "resolved" ? at : null,
      events: { create: { at, kind: "raised" } },
    },
  });
}

let seq = 0n;
function commandFrom(days: number, finished = true) {
  const at = daysAgo(days);
  return database.db.deviceCommand.create({
    data: {
      deviceKey: device.id,
      seq: ++seq,
      kind: "identify",
      state: finished ? "succeeded" : "queued",
      issuedAt: at,
      expiresAt: finished ? at : daysAgo(-1),
      finishedAt: finished ? at : null,
    },
  });
}

async function left() {
  const { db } = database;
  const [samples, fleet, alerts, commands, diagnostics, notifications, webhooks, imports] = await Promise.all([
    db.healthSample.count(),
    db.fleetSample.count(),
    db.alert.count({ where: { state: "resolved" } }),
    db.deviceCommand.count(),
    db.diagnostic.count(),
    db.notification.count(),
    db.webhookEvent.count(),
    db.importJob.count(),
  ]);
  return { samples, fleet, alerts, commands, diagnostics, notifications, webhooks, imports };
}

beforeEach(async () => {
  await database.db.notification.deleteMany();
  await database.db.webhookEvent.deleteMany();
});

describe("without a choice", () => {
  test("everything is kept as long as it was before there was one, and what was never deleted is not", async () => {
    for (const days of [1, 5_000]) await somethingFrom(days);
    await keepHouse();
    // Counted by housekeeping itself: the fleet's row of this hour.
    const fleet = await database.db.fleetSample.count({ where: { hour: { lt: daysAgo(0.5) } } });
    expect([await left(), fleet]).toEqual([
      { samples: 1, fleet: 2, alerts: 2, commands: 2, diagnostics: 2, notifications: 1, webhooks: 1, imports: 1 },
      1,
    ]);
    expect((await getRetention({ ctx: admin() })).version).toBe(0);
  });

  test.each([
    ["samples", 399, 401],
    ["notifications", 89, 91],
    ["webhooks", 6, 8],
    ["imports", 364, 366],
  ] as const)("%s: what is %i days old stays, what is %i days old goes", async (kind, young, old) => {
    for (const days of [young, old]) await somethingFrom(days);
    await keepHouse();
    expect((await left())[kind]).toBe(1);
  });

  test("the columns of the database hold every choice", async () => {
    await save({});
    expect((await getRetention({ ctx: admin() })).settings).toEqual(DEFAULT_RETENTION);
  });
});

describe("a shorter time", () => {
  const SHORT: Retention = {
    ...DEFAULT_RETENTION,
    sampleDays: 100,
    fleetMonths: 4,
    alertDays: 100,
    commandDays: 100,
    diagnosticDays: 100,
    notificationDays: 80,
    importDays: 100,
  };

  test("deletes exactly what is older, as it was announced, and is written down before and after", async () => {
    for (const days of [130, 120, 60, 1]) await somethingFrom(days);
    const announced = Object.fromEntries((await preview(SHORT)).map(({ kind, rows }) => [kind, rows]));
    expect(announced).toMatchObject({ samples: 2, fleetSamples: 1, alerts: 2, commands: 2, diagnostics: 2, notifications: 2, imports: 2 });
    expect((await left()).samples).toBe(4);
    await save(SHORT);
    await keepHouse();
    expect(await left()).toMatchObject({ samples: 2, alerts: 2, commands: 2, diagnostics: 2, notifications: 2, imports: 2 });
    expect(await database.db.healthSample.count({ where: { hour: { lt: daysAgo(100) } } })).toBe(0);
    expect((await preview(SHORT)).filter(({ kind }) => kind !== "webhooks")).toEqual([]);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { action: "retention.changed" }, orderBy: { seq: "desc" } });
    expect([event.before, event.after]).toMatchObject([
      { sampleDays: 400, alertDays: null },
      { sampleDays: 100, alertDays: 100 },
    ]);
    expect((await verifyAudit(database.db, [])).findings).toEqual([]);
  });

  test("open alerts, what waits, and each device's newest command and diagnostic stay, however old", async () => {
    await somethingFrom(500);
    const waiting = await commandFrom(400, false);
    await database.db.notification.updateMany({ data: { state: "waiting", dueAt: daysAgo(-1) } });
    await save(SHORT);
    await keepHouse();
    expect(await left()).toMatchObject({ alerts: 0, commands: 1, diagnostics: 1, notifications: 1 });
    expect(await database.db.deviceCommand.findUnique({ where: { id: waiting.id } })).not.toBeNull();
    expect(await database.db.alert.count({ where: { state: "active" } })).toBe(1);
  });

  test("a bulk action remembers how its devices did when their commands are gone", async () => {
    const command = await commandFrom(200);
    await commandFrom(1);
    const bulk = await database.db.bulkAction.create({
      data: { kind: "restart", requestKey: randomUUID(), total: 1, items: { create: { deviceKey: device.id, commandId: command.id } } },
    });
    await save(SHORT);
    await keepHouse();
    expect(await database.db.deviceCommand.count()).toBe(1);
    expect(await database.db.bulkItem.findFirstOrThrow({ where: { bulkId: bulk.id } })).toMatchObject({ state: "done", commandId: null });
  });

  test("much of it goes in several runs, each bounded", async () => {
    const perRun = BATCH_ROWS * MOST_BATCHES;
    await database.db.$executeRaw`
      INSERT INTO health_sample (device_key, hour) SELECT ${device.id}::uuid, now() - interval '500 days' - n * interval '1 hour'
      FROM generate_series(1, ${perRun + 10}::int) n`;
    expect(await preview({})).toMatchObject([{ kind: "samples", rows: perRun + 10, perRun, isAtLeast: false }]);
    await keepHouse();
    expect((await left()).samples).toBe(10);
    await keepHouse();
    expect((await left()).samples).toBe(0);
  });

  test("also for files that belong to nothing", async () => {
    await database.db.firmwareArtifact.create({
      data: { sha256: "cd".repeat(32), sizeBytes: 4_000, format: "elf", createdAt: daysAgo(0.5) },
    });
    expect(await preview({})).toEqual([]);
    expect(await preview({ unusedFirmwareHours: 2 })).toMatchObject([{ kind: "firmwareFiles", rows: 1, bytes: 4_000 }]);
    await save({ unusedFirmwareHours: 2 });
    await keepHouse();
    expect(await database.db.firmwareArtifact.count()).toBe(0);
  });
});

describe("a choice", () => {
  test.each(
    RETENTION_KEYS.flatMap((key) =>
      [RETENTION_FACTS[key].min - 1, RETENTION_FACTS[key].max + 1, 45.5, "soon"].map((value) => [key, value] as const),
    ),
  )("%s: %s is refused with the field's name", async (key, value) => {
    await expect(save({ [key]: value })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [`settings.${key}`]: /^Whole (hours|days|months) from / },
    });
    expect(await database.db.retentionSettings.count()).toBe(0);
  });

  test("for ever is for what was never deleted; the rest needs an end", async () => {
    await expect(save({ sampleDays: null })).rejects.toMatchObject({ fields: { "settings.sampleDays": /^Whole days/ } });
    await save({ alertDays: null });
  });

  test("what was not delivered is kept no shorter than what was", async () => {
    await expect(save({ webhookDeliveredDays: 31 })).rejects.toMatchObject({
      fields: { "settings.webhookUndeliveredDays": "No shorter than delivered messages" },
    });
  });

  test("of two at once, also the first two ever, one is refused", async () => {
    for (const version of [0, 1]) {
      const results = await Promise.allSettled([save({ sampleDays: 200 }, version), save({ sampleDays: 300 }, version)]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    }
  });

  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s is refused", async (role) => {
    const ctx = contextOf(database.db, actorWith(role, device.farmId));
    await expect(getRetention({ ctx })).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewRetention({ ctx, input: { settings: DEFAULT_RETENTION } })).rejects.toMatchObject({ code: "forbidden" });
    await expect(save({ sampleDays: 100 }, 0, ctx)).rejects.toMatchObject({ code: "forbidden" });
  });
});
