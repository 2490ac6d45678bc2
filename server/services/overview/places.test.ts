import { beforeEach, describe, expect, test } from "vitest";
import { listDevices } from "@/server/services/devices/list/list-devices";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { getFirmwareSpread } from "./get-firmware-spread";
import { getPlaces } from "./get-places";

const database = useTestDatabase();
let north: string;
let south: string;

beforeEach(async () => {
  const { db } = database;
  await db.device.deleteMany();
  await db.deviceGroup.deleteMany();
  await db.farm.deleteMany();
  north = (await testFarm(db, { name: "North" })).id;
  south = (await testFarm(db, { name: "South" })).id;
});

const online = { connected: true, lastSeenAt: new Date() };
const offline = { connected: true, lastSeenAt: new Date(0) };
const active = (farmId: string, state: object, groupId?: string) =>
  testDevice(database.db, { farmId, groupId, lifecycle: "active", state });
const places = (input: object = {}, actor = actorWith("admin")) => getPlaces({ ctx: contextOf(database.db, actor), input });
const group = (code: string, parentId?: string, farmId: string | null = north) =>
  database.db.deviceGroup.create({ data: { name: `Group ${code}`, code, farmId, parentId } }).then(({ id }) => id);

describe("where devices are offline", () => {
  test("farms and groups, the worst first; a group counts those in it as the device list does", async () => {
    const barn = await group("BARN");
    const herd = await group("HERD", barn);
    const empty = await group("EMPTY");
    await group("INNER", empty);
    await active(north, online, barn);
    await active(north, offline, herd);
    await active(north, offline, herd);
    await active(north, online);
    await active(south, online);
    for (const lifecycle of ["draft", "provisioned", "maintenance", "decommissioned"] as const)
      await testDevice(database.db, { farmId: north, groupId: barn, lifecycle, state: offline });
    expect(await places()).toEqual({
      farmCount: 2,
      active: 5,
      offline: 2,
      farms: [
        {
          id: north,
          name: "North",
          devices: 7,
          active: 4,
          offline: 2,
          groupCount: 2,
          groups: [
            { id: barn, name: "Group BARN", active: 3, offline: 2 },
            { id: herd, name: "Group HERD", active: 2, offline: 2 },
            { id: null, name: null, active: 1, offline: 0 },
          ],
        },
        {
          id: south,
          name: "South",
          devices: 1,
          active: 1,
          offline: 0,
          groupCount: 0,
          groups: [{ id: null, name: null, active: 1, offline: 0 }],
        },
      ],
    });
    const { devices } = await listDevices({
      ctx: contextOf(database.db, actorWith("admin")),
      input: { farmIds: [north], groupIds: [barn], presence: "offline" },
    });
    expect(devices).toHaveLength(2);
  });

  test("a group that spans farms is counted farm by farm", async () => {
    const cold = await group("COLD", undefined, null);
    await active(north, offline, cold);
    await active(south, online, cold);
    const { farms } = await places({}, actorWith("viewer", south));
    expect(farms).toMatchObject([{ id: south, offline: 0, groups: [{ id: cold, active: 1, offline: 0 }] }]);
  });

  test("of many groups the worst eight are told, and how many there are", async () => {
    for (let index = 0; index < 10; index++) await active(north, index === 9 ? offline : online, await group(`G${index}`));
    const [farm] = (await places({ farmId: north })).farms;
    expect([farm?.groupCount, farm?.groups.length, farm?.groups[0]]).toMatchObject([10, 8, { name: "Group G9", offline: 1 }]);
  });

  test("a farm without devices is told too; others' farms are not", async () => {
    await active(south, offline);
    expect(await places({}, actorWith("viewer", north))).toMatchObject({ farmCount: 1, farms: [{ id: north, devices: 0, groups: [] }] });
    expect(await places({ farmId: south }, actorWith("viewer", north))).toEqual({ farmCount: 0, active: 0, offline: 0, farms: [] });
    expect(await places({}, actorWith("viewer"))).toEqual({ farmCount: 0, active: 0, offline: 0, farms: [] });
  });
});

describe("which firmware runs", () => {
  const spread = (input: object = {}, actor = actorWith("admin")) => getFirmwareSpread({ ctx: contextOf(database.db, actor), input });
  const running = (firmwareVersion: string | null, fields: object = {}) =>
    testDevice(database.db, { farmId: north, type: "gate", lifecycle: "active", state: { firmwareVersion }, ...fields });

  test("by type, most devices first; the rest together, and those that never said", async () => {
    for (const version of ["1.0", "2.0", "2.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.5"]) await running(version);
    await running(null);
    await running("9.9", { lifecycle: "decommissioned" });
    await running("3.0", { type: "collar", lifecycle: "maintenance" });
    expect(await spread()).toEqual([
      { type: "collar", total: 1, unreported: 0, versions: [{ version: "3.0", devices: 1 }], others: { devices: 0, versions: 0 } },
      {
        type: "gate",
        total: 10,
        unreported: 1,
        versions: [
          { version: "1.5", devices: 2 },
          { version: "2.0", devices: 2 },
          { version: "1.0", devices: 1 },
          { version: "1.1", devices: 1 },
          { version: "1.2", devices: 1 },
        ],
        others: { devices: 2, versions: 2 },
      },
    ]);
  });

  test("others' farms are not in it", async () => {
    await running("1.0");
    expect(await spread({}, actorWith("viewer", north))).toHaveLength(1);
    for (const [input, actor] of [
      [{}, actorWith("viewer", south)],
      [{ farmId: north }, actorWith("viewer", south)],
      [{ farmId: south }, actorWith("admin")],
      [{}, actorWith("viewer")],
    ] as const)
      expect(await spread(input, actor)).toEqual([]);
  });
});
