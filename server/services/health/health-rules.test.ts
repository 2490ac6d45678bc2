import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import type { ThresholdRule } from "@/server/domain/health/thresholds";
import { editDevice } from "@/server/services/devices/edit-device";
import { provisionDevice } from "@/server/services/devices/provision-device";
import { moveGroup } from "@/server/services/groups/move-group";
import { actorWith, contextOf, testDevice, testFarm, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { getDeviceHealth } from "./get-device-health";
import { getHealthRules } from "./get-health-rules";
import { setHealthRule } from "./set-health-rule";

const database = useTestDatabase();
const NONE: ThresholdRule = {
  offlineWindowSeconds: null,
  lowBatteryThreshold: null,
  weakSignalThreshold: null,
  elevatedErrors: null,
  highErrors: null,
};
let farmId: string;
let groups = 0;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.healthRule.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

const admin = () => actorWith("admin");
const set = (scope: unknown, rule: Partial<ThresholdRule>, version = 0, actor: UserActor = admin()) =>
  setHealthRule({ ctx: contextOf(database.db, actor), input: { scope, rule: { ...NONE, ...rule }, version } });
const rules = (scope: unknown, actor: UserActor = admin()) => getHealthRules({ ctx: contextOf(database.db, actor), input: { scope } });
const group = (parentId?: string) =>
  database.db.deviceGroup.create({ data: { name: `Group ${++groups}`, code: `RULES-${groups}`, farmId, parentId } });
const meter = (groupId?: string, state = {}) =>
  testDevice(database.db, { farmId, groupId, lifecycle: "active", state: { lastSeenAt: new Date(), healthStatus: "healthy", ...state } });
const kept = async ({ id }: { id: string }) => {
  const { offlineWindowSeconds, lowBatteryThreshold, elevatedErrors } = await database.db.device.findUniqueOrThrow({ where: { id } });
  return [offlineWindowSeconds, lowBatteryThreshold, elevatedErrors];
};

describe("health rules", () => {
  test("the nearest level says: device, group, groups above, type, built in", async () => {
    const above = await group();
    const below = await group(above.id);
    const [grouped, alone] = [await meter(below.id), await meter()];
    await set({ level: "type", deviceType: "milk_meter" }, { offlineWindowSeconds: 100, lowBatteryThreshold: 30, elevatedErrors: 7 });
    await set({ level: "group", groupId: above.id }, { lowBatteryThreshold: 40, elevatedErrors: 8 });
    await set({ level: "device", deviceId: grouped.deviceId }, { elevatedErrors: 9 });
    expect([await kept(grouped), await kept(alone)]).toEqual([
      [100, 40, 9],
      [100, 30, 7],
    ]);
    const view = await rules({ level: "device", deviceId: grouped.deviceId });
    expect(view).toMatchObject({ version: 1, editable: true, own: { elevatedErrors: 9, lowBatteryThreshold: null } });
    expect(view.inherited).toMatchObject({
      offlineWindowSeconds: { value: 100, from: { level: "type", name: "milk_meter" } },
      lowBatteryThreshold: { value: 40, from: { level: "group", name: above.name } },
      elevatedErrors: { value: 8, from: { level: "group" } },
      highErrors: { value: 10, from: null },
    });
    expect((await rules({ level: "group", groupId: below.id })).inherited).toMatchObject({ lowBatteryThreshold: { value: 40 } });
  });

  test("an emptied rule is gone, and what was above it holds again", async () => {
    const device = await meter();
    const scope = { level: "device", deviceId: device.deviceId };
    await set(scope, { lowBatteryThreshold: 50 });
    expect(await set(scope, {}, 1)).toEqual({ devices: 1 });
    expect([await kept(device), await database.db.healthRule.count()]).toEqual([[600, 20, 5], 0]);
  });

  test("devices are judged anew at once: health, attention and alerts", async () => {
    const { id, deviceId } = await meter(undefined, { batteryLevel: 35 });
    expect(await set({ level: "device", deviceId }, { lowBatteryThreshold: 40 })).toEqual({ devices: 1 });
    const ctx = contextOf(database.db, actorWith("viewer", farmId));
    expect(await getDeviceHealth({ ctx, input: { deviceId } })).toMatchObject({
      status: "warning",
      needsAttention: true,
      findings: [{ type: "low_battery", severity: "warning", value: 35 }],
      thresholds: { lowBatteryThreshold: 40 },
      alerts: [{ type: "low_battery", severity: "warning", state: "active", message: "Battery at 35 %" }],
    });
    await set({ level: "device", deviceId }, {}, 1);
    expect(await database.db.alert.findMany({ where: { deviceKey: id } })).toMatchObject([{ state: "resolved" }]);
    await expect(
      getDeviceHealth({ ctx: contextOf(database.db, actorWith("viewer", (await testFarm(database.db)).id)), input: { deviceId } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("a device that joins a group, is moved with it, or is new goes by its rules", async () => {
    const [strict, loose] = [await group(), await group()];
    await set({ level: "group", groupId: strict.id }, { lowBatteryThreshold: 60 });
    const device = await meter();
    const ctx = contextOf(database.db, admin());
    const row = await database.db.device.findUniqueOrThrow({ where: { id: device.id } });
    await editDevice({
      ctx,
      input: { deviceId: device.deviceId, version: row.version, name: row.name, groupId: loose.id },
    });
    expect(await kept(device)).toEqual([600, 20, 5]);
    await moveGroup({ ctx, input: { id: loose.id, parentId: strict.id } });
    expect(await kept(device)).toEqual([600, 60, 5]);
    await provisionDevice({ ctx, input: wizardInput(farmId, { deviceId: "MM777", groupId: strict.id }) });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId: "MM777" } })).toMatchObject({ lowBatteryThreshold: 60 });
  });

  test("of two people who change one rule, the later overwrites nothing", async () => {
    const scope = { level: "type", deviceType: "gate" };
    await set(scope, { elevatedErrors: 6 });
    for (const version of [0, 2]) await expect(set(scope, { elevatedErrors: 7 }, version)).rejects.toMatchObject({ code: "conflict" });
    expect((await rules(scope)).own.elevatedErrors).toBe(6);
  });

  test.each([
    ["farm_manager", "FORBIDDEN", "OK", "OK"],
    ["field_staff", "FORBIDDEN", "FORBIDDEN", "OK"],
    ["viewer", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"],
  ] as const)("%s may change types: %s, groups: %s, devices: %s", async (role, type, ofGroup, ofDevice) => {
    const actor = actorWith(role, farmId);
    const [{ id: groupId }, { deviceId }] = [await group(), await meter()];
    const outcome = (scope: unknown) =>
      set(scope, { elevatedErrors: 6 }, 0, actor).then(
        () => "OK",
        (error: { code: string }) => error.code.toUpperCase(),
      );
    expect(await outcome({ level: "type", deviceType: "collar" })).toBe(type);
    expect(await outcome({ level: "group", groupId })).toBe(ofGroup);
    expect(await outcome({ level: "device", deviceId })).toBe(ofDevice);
  });
});
