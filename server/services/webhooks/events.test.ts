import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Prisma } from "@/server/db/generated/client";
import { webhookDataSchema } from "@/server/domain/webhooks/payloads";
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from "@/server/domain/webhooks/vocabulary";
import { acknowledgeAlerts } from "@/server/services/alerts/acknowledge-alerts";
import { raiseAlert } from "@/server/services/alerts/raise-alert";
import { resolveAlerts } from "@/server/services/alerts/resolve-alerts";
import { recordAudit, type AuditEntry } from "@/server/services/audit/record-audit";
import { setMaintenance } from "@/server/services/devices/set-maintenance";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { testFirmware, testRolloutRow } from "@/server/testing/rollouts";
import { testWebhook } from "@/server/testing/webhooks";
import { bodyFor } from "./send-message";

const database = useTestDatabase();
const admin = actorWith("admin");
const URL_OF_NOBODY = "https://hooks.example.com/dairy";
let farmId: string;
let otherFarmId: string;

beforeAll(async () => {
  const { id, name, email } = { id: admin.userId, name: admin.name, email: admin.email };
  await database.db.user.create({ data: { id, name, email } });
  farmId = (await testFarm(database.db)).id;
  otherFarmId = (await testFarm(database.db)).id;
});
beforeEach(async () => {
  await database.db.webhookEvent.deleteMany();
  await database.db.webhookEndpoint.deleteMany();
});

const ctx = () => contextOf(database.db, admin);
const audit = (...entries: AuditEntry[]) => database.db.$transaction((tx) => recordAudit(tx, ctx(), entries), { timeout: 60_000 });
const aboutDevice = (action: string, deviceId: string, facts: Partial<AuditEntry> = {}): AuditEntry => ({
  action,
  subjectType: "device",
  subjectId: deviceId,
  farmId,
  ...facts,
});
const maintain = (deviceId: string, maintenance = true) =>
  setMaintenance({ ctx: ctx(), input: { deviceId, maintenance, notes: "New teat cups" } });

/** What each delivery of an endpoint will say, in order. */
async function toldTo(endpointId: string) {
  const rows = await database.db.webhookDelivery.findMany({
    where: { endpointId },
    include: { event: true },
    orderBy: { sequence: "asc" },
  });
  return rows.map(({ event }) => ({ ...event, type: event.type as WebhookEventType, data: event.data as Record<string, unknown> }));
}
const typesToldTo = async (endpointId: string) => (await toldTo(endpointId)).map(({ type }) => type);

test("without an endpoint nothing is kept, nor for one that is off", async () => {
  const { id } = await testWebhook(database.db, URL_OF_NOBODY, { enabled: false });
  await maintain((await testDevice(database.db, { farmId, lifecycle: "active" })).deviceId);
  expect([await database.db.webhookEvent.count(), await toldTo(id)]).toEqual([0, []]);
});

test("what is rolled back was never told", async () => {
  const { id } = await testWebhook(database.db, URL_OF_NOBODY);
  const failing = database.db.$transaction(async (tx) => {
    await recordAudit(tx, ctx(), [aboutDevice("device.edited", "MM900")]);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await toldTo(id)).toEqual([]);
});

test("only the events that were chosen, and only of the farms that were", async () => {
  const { db } = database;
  const all = await testWebhook(db, URL_OF_NOBODY);
  const begun = await testWebhook(db, URL_OF_NOBODY, { events: ["device.maintenance_started"] });
  const ours = await testWebhook(db, URL_OF_NOBODY, { farmIds: [farmId] });
  const [mine, theirs] = [
    await testDevice(db, { farmId, lifecycle: "active" }),
    await testDevice(db, { farmId: otherFarmId, lifecycle: "active" }),
  ];
  await maintain(mine.deviceId);
  await maintain(theirs.deviceId);
  await maintain(mine.deviceId, false);
  const toldOf = async (id: string) => (await toldTo(id)).map(({ type, orderingKey }) => `${type} ${orderingKey}`);
  const [first, second, third] = [
    `device.maintenance_started device:${mine.deviceId}`,
    `device.maintenance_started device:${theirs.deviceId}`,
    `device.maintenance_ended device:${mine.deviceId}`,
  ];
  expect([await toldOf(all.id), await toldOf(begun.id), await toldOf(ours.id)]).toEqual([
    [first, second, third],
    [first, second],
    [first, third],
  ]);
  // One event, whoever is told.
  expect(await db.webhookEvent.count()).toBe(3);
});

test("a device, as the change left it", async () => {
  const { id } = await testWebhook(database.db, URL_OF_NOBODY);
  const farm = await database.db.farm.findUniqueOrThrow({ where: { id: farmId } });
  const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "active", name: "Stall 4 “left” 🐄" });
  await maintain(deviceId);
  expect((await toldTo(id))[0]?.data).toEqual({
    farm: { id: farmId, code: farm.code, name: farm.name },
    device: { deviceId, name: "Stall 4 “left” 🐄", type: "milk_meter", lifecycle: "maintenance" },
    by: { kind: "user", name: admin.name },
    before: null,
    after: { notes: "New teat cups" },
  });
});

test("an alert from its beginning to its end", async () => {
  const { id } = await testWebhook(database.db, URL_OF_NOBODY);
  const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "active" });
  const raised = await raiseAlert({ ctx: ctx(), input: { deviceId, message: "Cup has a crack", severity: "warning" } });
  await acknowledgeAlerts({ ctx: ctx(), input: { ids: [raised.id] } });
  await resolveAlerts({ ctx: ctx(), input: { ids: [raised.id], notes: "Changed" } });
  const told = await toldTo(id);
  expect(told.map(({ type, orderingKey }) => [type, orderingKey])).toEqual(
    ["raised", "acknowledged", "resolved"].map((kind) => [`alert.${kind}`, `device:${deviceId}`]),
  );
  expect(told.map(({ data }) => (data.alert as { state: string }).state)).toEqual(["active", "acknowledged", "resolved"]);
  expect(told[0]?.data).toMatchObject({
    device: { deviceId },
    alert: { type: "custom", severity: "warning", message: "Cup has a crack" },
    by: { kind: "user", name: admin.name },
  });
});

test("a rollout over two farms: an endpoint for one of them is told of its own devices only", async () => {
  const { db } = database;
  const { id } = await testWebhook(db, URL_OF_NOBODY, { farmIds: [farmId] });
  const rollout = await testRolloutRow(db, { firmwareId: (await testFirmware(db, "9.1.0")).id, farmIds: [farmId, otherFarmId] });
  await db.rolloutEvent.create({
    data: {
      rolloutId: rollout.id,
      at: new Date(),
      kind: "completed",
      position: 0,
      counts: { [farmId]: { completed: 3 }, [otherFarmId]: { failed: 2 } },
    },
  });
  const [event] = await toldTo(id);
  const body = bodyFor({ id: event!.id, type: event!.type, timestamp: event!.at.toISOString(), data: event!.data }, [farmId]);
  expect((JSON.parse(body) as { data: unknown }).data).toMatchObject({ stage: 1, farms: [{ id: farmId, devices: { completed: 3 } }] });
  expect(body).not.toContain(otherFarmId);
});

test("an import over two farms is told to nobody who may know one of them only", async () => {
  const { db } = database;
  const [both, one] = [
    await testWebhook(db, URL_OF_NOBODY, { farmIds: [farmId, otherFarmId] }),
    await testWebhook(db, URL_OF_NOBODY, { farmIds: [farmId] }),
  ];
  const job = await testImport([farmId, otherFarmId]);
  await db.importJob.update({ where: { id: job.id }, data: { state: "done", finishedAt: new Date() } });
  expect([await typesToldTo(both.id), await typesToldTo(one.id)]).toEqual([["import.completed"], []]);
});

function testImport(farmIds: string[], state: Prisma.ImportJobUncheckedCreateInput["state"] = "importing") {
  return database.db.importJob.create({
    data: {
      fileSha256: "0".repeat(64),
      fileName: "herd.csv",
      sizeBytes: 1,
      createdById: admin.userId,
      createdByName: admin.name,
      delimiter: ",",
      header: [],
      fileRows: 1,
      mapping: [],
      farmIds,
      state,
    },
  });
}

describe("every type of event", () => {
  /** Causes each once, with what the services write. */
  async function causeEverything(): Promise<void> {
    const { db } = database;
    const { id: deviceKey, deviceId } = await testDevice(db, { farmId, lifecycle: "active" });
    const deeds = ["registered", "activated", "edited", "maintenance_started", "maintenance_ended", "credentials_rotated"];
    const ends = ["credentials_revoked", "replaced", "decommissioned"];
    await audit(
      ...[...deeds, ...ends].map((deed) => aboutDevice(`device.${deed}`, deviceId, { before: { name: "A" }, after: { name: "B" } })),
    );
    await audit(aboutDevice("device.removed", "MM998"));
    const alert = await db.alert.create({
      data: {
        deviceKey,
        farmId,
        condition: "battery",
        type: "low_battery",
        severity: "warning",
        value: 12.5,
        firstOccurrence: new Date(),
        lastOccurrence: new Date(),
      },
    });
    const kinds = ["raised", "severity_changed", "acknowledged", "auto_resolved"] as const;
    await db.alertEvent.createMany({
      data: kinds.map((kind, index) => ({ alertId: alert.id, at: new Date(Date.now() + index), kind, severity: "critical" })),
    });
    const firmware = await testFirmware(db, "9.2.0");
    const rollout = await testRolloutRow(db, { firmwareId: firmware.id, farmIds: [farmId] });
    const target = await db.rolloutTarget.create({
      data: { rolloutId: rollout.id, position: 0, deviceKey, firmwareId: firmware.id, cohort: 1, stateAt: new Date() },
    });
    await audit(
      ...["created", "resumed", "cancelled"].map((deed) => ({
        action: `rollout.${deed}`,
        subjectType: "rollout" as const,
        subjectId: rollout.id,
        farmId: null,
      })),
    );
    const told = ["paused", "failed", "completed", "awaiting_approval"] as const;
    await db.rolloutEvent.createMany({
      data: told.map((kind) => ({
        rolloutId: rollout.id,
        at: new Date(),
        kind,
        position: 0,
        counts: { [farmId]: { failed: 1 } },
        cause: { kind: "failures" },
      })),
    });
    for (const state of ["completed", "timed_out", "downloading"] as const) {
      await db.rolloutLog.create({
        data: { rolloutId: rollout.id, targetId: target.id, deviceKey, at: new Date(), state, targetVersion: "9.2.0" },
      });
    }
    for (const state of ["done", "undone", "failed"] as const) {
      const job = await testImport([farmId], state === "undone" ? "undoing" : "importing");
      await db.importJob.update({ where: { id: job.id }, data: { state, ...(state === "failed" ? { failure: "Row 3: taken" } : {}) } });
    }
  }

  test("is told once, and holds what is promised", async () => {
    const { id } = await testWebhook(database.db, URL_OF_NOBODY);
    await causeEverything();
    const told = await toldTo(id);
    expect(told.map(({ type }) => type).sort()).toEqual([...WEBHOOK_EVENT_TYPES].sort());
    const broken = told.flatMap(({ type, data }) => {
      const result = webhookDataSchema(type).safeParse(data);
      return result.success ? [] : [{ type, issues: result.error.issues }];
    });
    expect(broken).toEqual([]);
    expect(told.every(({ farmIds }) => farmIds.length === 1 && farmIds[0] === farmId)).toBe(true);
  });
});

test("ten thousand changes of a thousand devices: a fixed number of statements, each device's in order", async () => {
  const { db } = database;
  const { id } = await testWebhook(db, URL_OF_NOBODY);
  const entries = Array.from({ length: 10_000 }, (_, index) =>
    aboutDevice("device.edited", `MM${10_000 + (index % 1_000)}`, { after: { step: Math.floor(index / 1_000) } }),
  );
  const few = await countStatements(() => audit(...entries.slice(0, 10)));
  await db.webhookEvent.deleteMany();
  expect(await countStatements(() => audit(...entries))).toBe(few);
  const told = await toldTo(id);
  expect(told).toHaveLength(10_000);
  const steps = new Map<string, number[]>();
  for (const { orderingKey, data } of told)
    steps.set(orderingKey, [...(steps.get(orderingKey) ?? []), (data.after as { step: number }).step]);
  expect([...steps.values()].every((list) => list.join() === "0,1,2,3,4,5,6,7,8,9")).toBe(true);
});

test("changes of one device that crowd: the order told is the order in which they were made", async () => {
  const { db } = database;
  const { id } = await testWebhook(db, URL_OF_NOBODY, { events: ["device.updated"] });
  const deviceId = `MM${randomUUID().slice(0, 4)}`;
  await Promise.all(Array.from({ length: 40 }, (_, step) => audit(aboutDevice("device.edited", deviceId, { after: { step } }))));
  const told = (await toldTo(id)).map(({ data }) => (data.after as { step: number }).step);
  const made = await db.auditEvent.findMany({ where: { subjectId: deviceId }, orderBy: { seq: "asc" } });
  expect(told).toEqual(made.map(({ after }) => (after as { step: number }).step));
});
