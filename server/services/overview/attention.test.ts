import { beforeEach, describe, expect, test } from "vitest";
import type { Prisma } from "@/server/db/generated/client";
import { ALERT_SEVERITIES } from "@/server/domain/alerts/vocabulary";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { compareByConsequence, consequenceOf } from "@/server/domain/overview/consequence";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { listAttention } from "./list-attention";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
let farmId: string;

beforeEach(async () => {
  await database.db.alert.deleteMany();
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

type Fields = Partial<Prisma.AlertUncheckedCreateInput>;
const raise = (fields: Fields) =>
  database.db.alert.create({
    data: { farmId, condition: "offline", type: "offline", severity: "critical", firstOccurrence: NOW, lastOccurrence: NOW, ...fields },
  });
const device = (type: (typeof DEVICE_TYPES)[number], fields: Parameters<typeof testDevice>[1] = { farmId }) =>
  testDevice(database.db, { type, lifecycle: "active", ...fields });
const queue = (input: Record<string, unknown> = {}, actor = actorWith("viewer", farmId)) =>
  listAttention({ ctx: contextOf(database.db, actor, NOW), input: { limit: 100, ...input } });

test("outages, then what animals depend on, then sensors, then warnings, then upkeep", async () => {
  const [waterer, collar, gate] = [await device("waterer"), await device("collar"), await device("gate")];
  const group = await database.db.deviceGroup.create({ data: { farmId, name: "Barn", code: "BARN" } });
  await raise({ deviceKey: collar.id, firstOccurrence: hoursAgo(9) });
  await raise({
    deviceKey: gate.id,
    condition: "battery",
    type: "low_battery",
    severity: "warning",
    value: 15,
    firstOccurrence: hoursAgo(8),
  });
  await raise({ deviceKey: waterer.id, firstOccurrence: hoursAgo(1) });
  await raise({ groupId: group.id, condition: "group_offline", type: "group_offline", value: 4 });
  await device("temperature", { farmId, calibrationStatus: "due", state: { needsAttention: true } });
  const { items, total, critical } = await queue();
  expect([total, critical]).toEqual([5, 3]);
  expect(items.map((item) => [item.consequence, item.device?.type ?? item.group?.name, item.message])).toEqual([
    ["group_outage", "Barn", "4 devices are offline at once"],
    ["animals_critical", "waterer", "No message within its offline window"],
    ["critical", "collar", "No message within its offline window"],
    ["animals_warning", "gate", "Battery at 15 %"],
    ["upkeep", "temperature", "Its calibration is due"],
  ]);
  expect((await queue({ limit: 2 })).items).toEqual(items.slice(0, 2));
  expect(await queue({ criticalOnly: true })).toEqual({ items: items.slice(0, 3), total: 3, critical: 3 });
});

test("a device stands in it once, with its gravest alert", async () => {
  const { id, deviceId } = await device("collar");
  await raise({ deviceKey: id, condition: "signal", type: "poor_signal", severity: "warning", value: -99 });
  await raise({ deviceKey: id, firstOccurrence: hoursAgo(1) });
  await database.db.deviceState.update({ where: { deviceKey: id }, data: { needsAttention: true } });
  expect(await queue()).toMatchObject({ total: 1, items: [{ consequence: "critical", otherAlerts: 1, device: { deviceId } }] });
});

test("what is snoozed, resolved, or spoken for by a group alert is not in it", async () => {
  const group = await database.db.deviceGroup.create({ data: { farmId, name: "Pen", code: "PEN" } });
  const parent = await raise({ groupId: group.id, condition: "group_offline", type: "group_offline" });
  const state = { needsAttention: true };
  await raise({ deviceKey: (await device("waterer", { farmId, state })).id, parentId: parent.id });
  await raise({ deviceKey: (await device("gate", { farmId, state })).id, snoozedUntil: new Date(NOW.getTime() + 1) });
  await raise({ deviceKey: (await device("feeder")).id, state: "resolved", resolvedAt: NOW });
  const awake = await device("collar");
  await raise({ deviceKey: awake.id, snoozedUntil: NOW });
  expect((await queue()).items.map((item) => item.group?.name ?? item.device?.deviceId)).toEqual(["Pen", awake.deviceId]);
});

test("a device in maintenance, out of service or in order needs nobody", async () => {
  for (const lifecycle of ["maintenance", "decommissioned", "draft"] as const)
    await device("gate", { farmId, lifecycle, state: { needsAttention: true } });
  await device("gate");
  expect(await queue()).toEqual({ items: [], total: 0, critical: 0 });
});

test("others' farms are not in it; what is wrong with the system is for those who see every farm", async () => {
  const theirs = (await testFarm(database.db)).id;
  await raise({ farmId: theirs, deviceKey: (await device("gate", { farmId: theirs })).id });
  await device("gate", { farmId: theirs, calibrationStatus: "due", state: { needsAttention: true } });
  await raise({ farmId: null, condition: "reception", type: "reception_lost" });
  expect((await queue()).total).toBe(0);
  expect((await queue({ farmId: theirs })).total).toBe(0);
  expect((await queue({}, actorWith("viewer"))).total).toBe(0);
  expect((await queue({ farmId: theirs }, actorWith("admin"))).total).toBe(2);
  expect((await queue({}, actorWith("admin"))).items.map(({ consequence }) => consequence)).toEqual([
    "nothing_received",
    "animals_critical",
    "upkeep",
  ]);
});

describe("the order in the database is the order of the rules", () => {
  test("over every type, severity and state", async () => {
    const types = ["offline", "low_battery", "custom"] as const;
    const rows = DEVICE_TYPES.flatMap((deviceType) =>
      ALERT_SEVERITIES.flatMap((severity) =>
        [true, false].map((isAcknowledged, index) => ({ deviceType, severity, isAcknowledged, type: types[index + 1] ?? "offline" })),
      ),
    );
    const expected = [];
    for (const [index, { deviceType, severity, isAcknowledged, type }] of rows.entries()) {
      const { id, deviceId } = await device(deviceType);
      // Scattered, and each different, so that nothing but the rules decides.
      const since = hoursAgo((index * 17) % 101);
      const state = isAcknowledged ? ("acknowledged" as const) : ("active" as const);
      await raise({ deviceKey: id, condition: type === "custom" ? "custom" : "battery", type, severity, state, firstOccurrence: since });
      expected.push({ deviceId, consequence: consequenceOf({ alert: { type, severity }, deviceType }), isAcknowledged, since });
    }
    const { items } = await queue();
    expect(items.map((item) => [item.device?.deviceId, item.consequence])).toEqual(
      expected.sort(compareByConsequence).map(({ deviceId, consequence }) => [deviceId, consequence]),
    );
  });
});
