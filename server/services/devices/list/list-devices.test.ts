import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DEVICE_SORTS } from "@/server/domain/devices/list-vocabulary";
import { actorWith, contextOf } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { testHerd } from "@/server/testing/herd";
import { countDevices, listDevices } from "./list-devices";

const database = useTestDatabase();
let north: string;
let moor: string;
let parlourId: string;
let tagId: string;

beforeAll(async () => {
  ({ north, moor, parlourId, tagId } = await testHerd(database.db));
});

async function list(input: Record<string, unknown> = {}, actor = actorWith("admin")) {
  return listDevices({ ctx: contextOf(database.db, actor), input });
}

async function count(input: Record<string, unknown> = {}, actor = actorWith("admin")) {
  return countDevices({ ctx: contextOf(database.db, actor), input });
}

async function ids(input: Record<string, unknown> = {}): Promise<string[]> {
  return (await list(input)).devices.map((device) => device.deviceId);
}

describe("the device list", () => {
  test.each([
    ["100%", ["MM001"]],
    ["LF_1", ["MM001"]],
    ["%", ["MM001"]],
    ["_", ["MM001"]],
    ["\\", ["TS010"]],
    ["O'Hara's", ["TS010"]],
    ["'; DROP TABLE device; --", []],
    ['"', []],
    ["mm00", ["MM001", "MM002"]],
    ["02:aa", ["AC003"]],
    ["02aa00", ["AC003"]],
    ["02-AA-00", ["AC003"]],
    ["stall 1000", ["MM002"]],
    ["stall mm001", ["MM001"]],
    ["r5", ["AC003"]],
    ["tank \\ room", ["TS010"]],
    ["  STALL  ", ["MM001", "MM002"]],
    ["", ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
  ])("search %j finds %j", async (search, expected) => {
    expect(await ids({ search })).toEqual(expected);
  });

  test.each([
    ["farm", () => ({ farmIds: [moor] }), ["AC003", "FD000123", "MM999"]],
    ["two farms", () => ({ farmIds: [moor, north] }), ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
    ["type", () => ({ types: ["collar", "feeder"] }), ["AC003", "FD000123"]],
    ["state", () => ({ lifecycles: ["draft", "maintenance"] }), ["FD000123", "TS010"]],
    ["health", () => ({ health: ["warning", "critical"] }), ["MM002", "MM999", "TS010"]],
    ["attention", () => ({ needsAttention: true }), ["MM002"]],
    ["group with those below it", () => ({ groupIds: [parlourId] }), ["MM001", "MM002"]],
    ["group alone", () => ({ groupIds: [parlourId], includeSubgroups: false }), ["MM002"]],
    ["tag", () => ({ tagIds: [tagId] }), ["MM001"]],
    ["firmware", () => ({ firmware: ["2.1.0"] }), ["MM002"]],
    ["battery", () => ({ batteryBelow: 80 }), ["MM002"]],
    ["signal", () => ({ signal: ["poor"] }), ["MM002"]],
    ["connection", () => ({ connections: ["lora"] }), ["MM002"]],
    ["power", () => ({ powerSources: ["solar"] }), []],
    ["online", () => ({ presence: "online" }), ["MM001", "TS010"]],
    ["offline", () => ({ presence: "offline" }), ["MM002"]],
    ["silence", () => ({ silentFor: "10m" }), ["MM002"]],
    ["never heard", () => ({ silentFor: "never" }), ["AC003", "FD000123", "MM999"]],
    ["calibration", () => ({ calibration: ["due", "overdue"] }), ["MM001"]],
    ["maintenance overdue", () => ({ maintenance: "overdue" }), ["MM002"]],
    ["maintenance within the week", () => ({ maintenance: "week" }), ["MM001", "MM002"]],
    ["IDs", () => ({ deviceIds: ["MM001", "TS010", "XX000"] }), ["MM001", "TS010"]],
    [
      "all together",
      () => ({ farmIds: [north], types: ["milk_meter"], lifecycles: ["active"], health: ["healthy"], search: "stall" }),
      ["MM001"],
    ],
  ])("filter by %s", async (_, filter, expected) => {
    expect(await ids(filter())).toEqual(expected);
  });

  test.each([
    ["deviceId", ["AC003", "FD000123", "MM001", "MM002", "MM999", "TS010"]],
    ["name", ["AC003", "FD000123", "TS010", "MM999", "MM001", "MM002"]],
    ["type", ["MM001", "MM002", "MM999", "TS010", "AC003", "FD000123"]],
    ["farm", ["AC003", "FD000123", "MM999", "MM001", "MM002", "TS010"]],
    ["lifecycle", ["FD000123", "AC003", "MM001", "MM002", "TS010", "MM999"]],
    ["battery", ["MM002", "MM001", "AC003", "FD000123", "MM999", "TS010"]],
    ["signal", ["MM002", "MM001", "AC003", "FD000123", "MM999", "TS010"]],
    ["lastSeen", ["MM002", "TS010", "MM001", "AC003", "FD000123", "MM999"]],
  ])("sorted by %s", async (sort, expected) => {
    expect(await ids({ sort: [{ by: sort }] })).toEqual(expected);
  });

  test("every order can be turned round, and what is unknown stays last", async () => {
    for (const by of DEVICE_SORTS) expect((await ids({ sort: [{ by, descending: true }] })).length).toBe(6);
    expect((await ids({ sort: [{ by: "battery", descending: true }] })).slice(0, 2)).toEqual(["MM001", "MM002"]);
    expect((await ids({ sort: [{ by: "health" }] }))[0]).toBe("MM002");
    expect(await ids({ sort: [{ by: "farm" }, { by: "type", descending: true }, { by: "deviceId", descending: true }] })).toEqual([
      "FD000123",
      "AC003",
      "MM999",
      "TS010",
      "MM002",
      "MM001",
    ]);
  });

  test("pages go on where the one before ended, for any order, with ties and unknowns", async () => {
    const keys = fc.record({ by: fc.constantFrom(...DEVICE_SORTS), descending: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 3 }), fc.integer({ min: 1, max: 4 }), async (sort, pageSize) => {
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof list>> = await list({ sort, pageSize, cursor });
          paged.push(...page.devices.map((device) => device.deviceId));
          cursor = page.nextCursor;
        } while (cursor && paged.length < 20);
        expect(paged).toEqual(await ids({ sort }));
      }),
      { numRuns: 40 },
    );
  });

  test("a page is one statement", async () => {
    expect(await countStatements(() => list({ sort: [{ by: "battery" }], search: "stall" }))).toBe(1);
  });

  test("counts what matches and what there is", async () => {
    expect(await count()).toEqual({ total: 6, registered: 6 });
    expect(await count({ search: "nothing like it" })).toEqual({ total: 0, registered: 6 });
    expect(await count({ needsAttention: true, types: ["milk_meter"] })).toEqual({ total: 1, registered: 6 });
  });

  test.each([
    { pageSize: 0 },
    { pageSize: 201 },
    { sort: [{ by: "password" }] },
    { sort: Array(4).fill({ by: "name" }) },
    { cursor: "nonsense" },
    { cursor: Buffer.from('["MM001","MM001"]').toString("base64url") },
    { cursor: Buffer.from("[null]").toString("base64url") },
    { sort: [{ by: "lastSeen" }], cursor: Buffer.from('["yesterday","MM001"]').toString("base64url") },
    { sort: [{ by: "battery" }], cursor: Buffer.from('["1; DROP TABLE device","MM001"]').toString("base64url") },
    { batteryBelow: 101 },
    { groupIds: ["PARLOUR"] },
    { types: ["tractor"] },
    { search: "x".repeat(101) },
    { search: "a\u0000" },
    { farmIds: ["NORD"] },
  ])("%j is refused", async (input) => {
    await expect(list(input)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("shows people their own farms only, whatever they filter by", async () => {
    const fitter = actorWith("field_staff", north);
    expect(await count({}, fitter)).toEqual({ total: 3, registered: 3 });
    expect((await list({}, fitter)).devices.map((device) => device.farm.id)).toEqual([north, north, north]);
    expect(await list({ farmIds: [moor] }, fitter)).toEqual({ devices: [], nextCursor: null });
    expect(await count({ farmIds: [moor], deviceIds: ["AC003"] }, fitter)).toEqual({ total: 0, registered: 3 });
    expect(await count({}, actorWith("viewer"))).toEqual({ total: 0, registered: 0 });
  });
});
