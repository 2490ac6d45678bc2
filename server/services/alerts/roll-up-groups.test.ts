import { beforeEach, describe, expect, test } from "vitest";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { acknowledgeAlerts } from "./acknowledge-alerts";
import { countAlerts, listAlerts } from "./list-alerts";

const database = useTestDatabase();
const START = new Date("2026-06-01T12:00:00.000Z");
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
let farmId: string;

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.alert.deleteMany();
  farmId = (await testFarm(database.db)).id;
});

let number = 0;
const group = (offlineAlertThreshold: number, parentId?: string, farm: string | null = farmId) =>
  database.db.deviceGroup.create({
    data: { name: `Group ${++number}`, code: `ROLL-${number}`, farmId: farm, parentId, offlineAlertThreshold },
  });
const silent = (groupId: string, farm = farmId) =>
  testDevice(database.db, { farmId: farm, groupId, lifecycle: "active", state: { lastSeenAt: at(-60), healthStatus: "healthy" } });
const heard = ({ deviceId }: { deviceId: string }, minutes: number) =>
  ingestUplinks(database.db, [{ deviceId, uplink: { kind: "other", receivedAt: at(minutes), bytes: 1 } }], at(minutes));
const groupAlerts = () => database.db.alert.findMany({ where: { condition: "group_offline" }, orderBy: { firstOccurrence: "asc" } });
const listed = async (actor = actorWith("viewer", farmId)) =>
  (await listAlerts({ ctx: contextOf(database.db, actor, at(5)), input: {} })).alerts.map((alert) => [
    alert.type,
    alert.value,
    alert.memberCount,
  ]);

describe("group alerts", () => {
  test("below its threshold devices speak for themselves, from there on the group does", async () => {
    const { id } = await group(3);
    const devices = [await silent(id), await silent(id)];
    await sweepHealth(database.db, at(0));
    expect([await groupAlerts(), (await listed()).length]).toEqual([[], 2]);
    devices.push(await silent(id));
    await sweepHealth(database.db, at(1));
    expect(await listed()).toEqual([["group_offline", 3, 3]]);
    const [alert] = await groupAlerts();
    expect(await database.db.alert.count({ where: { condition: "offline", state: "active", parentId: alert!.id } })).toBe(3);
    // One comes back: those that are left speak again.
    await heard(devices[0]!, 1.5);
    await sweepHealth(database.db, at(2));
    expect((await groupAlerts())[0]).toMatchObject({ state: "resolved", resolutionNotes: "Enough devices are back." });
    expect(await listed()).toEqual([
      ["offline", null, 0],
      ["offline", null, 0],
    ]);
    await database.db.deviceState.updateMany({ where: { deviceKey: devices[0]!.id }, data: { lastSeenAt: at(-60) } });
    await sweepHealth(database.db, at(3));
    expect((await groupAlerts())[1]).toMatchObject({ state: "active", formerId: alert!.id });
  });

  test("the default threshold of one rolls nothing up", async () => {
    const { id } = await group(1);
    await silent(id);
    await silent(id);
    await sweepHealth(database.db, at(0));
    expect([await groupAlerts(), (await listed()).length]).toEqual([[], 2]);
  });

  test("devices of the groups below count; of two groups that are reached the higher one speaks", async () => {
    const barn = await group(4);
    const [left, right] = [await group(2, barn.id), await group(2, barn.id)];
    await silent(left.id);
    await silent(left.id);
    await silent(right.id);
    await sweepHealth(database.db, at(0));
    expect((await groupAlerts()).map((alert) => [alert.groupId, alert.value])).toEqual([[left.id, 2]]);
    await silent(right.id);
    await sweepHealth(database.db, at(1));
    const open = (await groupAlerts()).filter((alert) => alert.state !== "resolved");
    expect(open.map((alert) => [alert.groupId, alert.value])).toEqual([[barn.id, 4]]);
    expect(await database.db.alert.count({ where: { parentId: open[0]!.id } })).toBe(4);
  });

  test("a group that spans farms is counted farm by farm, and nobody sees the other's", async () => {
    const other = (await testFarm(database.db)).id;
    const { id } = await group(2, undefined, null);
    for (const farm of [farmId, farmId, other, other, other]) await silent(id, farm);
    await sweepHealth(database.db, at(0));
    expect(await listed()).toEqual([["group_offline", 2, 2]]);
    expect(await listed(actorWith("viewer", other))).toEqual([["group_offline", 3, 3]]);
    const counts = await countAlerts({ ctx: contextOf(database.db, actorWith("viewer", farmId), at(5)), input: {} });
    expect([counts.total, counts.bySeverity.critical]).toEqual([1, 1]);
  });

  test("who acknowledges the group has acknowledged its members", async () => {
    const { id } = await group(2);
    await silent(id);
    await silent(id);
    await sweepHealth(database.db, at(0));
    const [alert] = await groupAlerts();
    const ctx = contextOf(database.db, actorWith("field_staff", farmId), at(1));
    expect(await acknowledgeAlerts({ ctx, input: { ids: [alert!.id] } })).toEqual({ handled: 1, skipped: 0 });
    expect(await database.db.alert.count({ where: { state: "acknowledged" } })).toBe(3);
  });
});
