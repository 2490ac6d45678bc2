import { beforeAll, describe, expect, test } from "vitest";
import { versionKey } from "@/server/domain/firmware/version-order";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { testRolloutRow } from "@/server/testing/rollouts";
import { getSpread } from "./get-spread";
import { getUpgradePath } from "./get-upgrade-path";
import { listFirmware } from "./list-firmware";
import { publishFirmwareVersions } from "./publish-versions";

const database = useTestDatabase();
const admin = actorWith("admin");

let ours: string;
let theirs: string;
let ids: Record<string, string>;

type Version = Partial<Parameters<typeof database.db.firmwareVersion.create>[0]["data"]> & { version: string };

async function testVersion(given: Version): Promise<string> {
  const { id } = await database.db.firmwareVersion.create({
    data: {
      name: `Release ${given.version}`,
      versionKey: versionKey(given.version),
      deviceType: "milk_meter",
      releaseDate: new Date("2026-03-01"),
      state: "stable",
      ...given,
    } as never,
  });
  return id;
}

/** `count` devices on a farm that run a version. */
async function running(farmId: string, firmwareVersion: string | null, count: number, device: Record<string, unknown> = {}) {
  const devices = [];
  for (let number = 0; number < count; number++)
    devices.push(await testDevice(database.db, { farmId, lifecycle: "active", state: { firmwareVersion }, ...device }));
  return devices;
}

/** What a rollout of a version came to on devices. */
async function rolledOut(
  version: string,
  devices: readonly { id: string; farmId: string }[],
  state: "completed" | "failed" | "rolled_back",
) {
  const rollout = await testRolloutRow(database.db, { firmwareId: ids[version]!, farmIds: devices.map(({ farmId }) => farmId) });
  await database.db.rolloutTarget.createMany({
    data: devices.map(({ id }) => ({
      rolloutId: rollout.id,
      position: 0,
      deviceKey: id,
      firmwareId: ids[version]!,
      cohort: 1,
      state,
      stateAt: new Date(),
    })),
  });
}

beforeAll(async () => {
  ours = (await testFarm(database.db)).id;
  theirs = (await testFarm(database.db)).id;
  ids = {
    "1.9.0": await testVersion({ version: "1.9.0", state: "deprecated" }),
    "1.10.0": await testVersion({ version: "1.10.0" }),
    "2.0.0": await testVersion({ version: "2.0.0", minPreviousVersion: "1.10.0", isMandatory: true }),
    "2.1.0-rc.1": await testVersion({ version: "2.1.0-rc.1", state: "testing" }),
    "3.0.0": await testVersion({ version: "3.0.0", state: "draft" }),
    LF9: await testVersion({ version: "2.0.1", manufacturer: "Lactoflow", compatibleModels: ["LF-900"] }),
    gate: await testVersion({ version: "1.10.0", deviceType: "gate" }),
  };
  await running(ours, "1.9.0", 3);
  await rolledOut("1.10.0", await running(ours, "1.10.0", 2), "completed");
  await rolledOut("2.0.0", await running(ours, "1.10.0", 1), "failed");
  await running(ours, "0.7-custom", 1);
  await running(ours, null, 1);
  await running(ours, "1.10.0", 1, { lifecycle: "decommissioned" });
  await running(ours, "1.10.0", 1, { type: "gate" });
  await running(theirs, "1.10.0", 4);
  await rolledOut("2.0.0", await running(theirs, "2.0.0", 1), "completed");
  await rolledOut("2.0.0", await running(theirs, "1.10.0", 1), "rolled_back");
});

const list = (input: Record<string, unknown> = {}, actor = admin) => listFirmware({ ctx: contextOf(database.db, actor), input });

async function countsOf(actor = admin, input: Record<string, unknown> = {}) {
  const { versions } = await list({ types: ["milk_meter"], ...input }, actor);
  return Object.fromEntries(
    versions.map(({ version, deviceCount, successfulUpdates, failedUpdates }) => [
      version,
      [deviceCount, successfulUpdates, failedUpdates],
    ]),
  );
}

describe("the list", () => {
  test("is by type, of each the newest first; drafts are for who manages them", async () => {
    expect((await list()).versions.map(({ deviceType, version }) => `${deviceType} ${version}`)).toEqual([
      "milk_meter 3.0.0",
      "milk_meter 2.1.0-rc.1",
      "milk_meter 2.0.1",
      "milk_meter 2.0.0",
      "milk_meter 1.10.0",
      "milk_meter 1.9.0",
      "gate 1.10.0",
    ]);
    expect((await list({}, actorWith("viewer", ours))).versions.map(({ version }) => version)).not.toContain("3.0.0");
    expect((await list({ states: ["draft"] }, actorWith("viewer", ours))).versions).toEqual([]);
  });

  test("counts devices in service, what they came to, and only on the caller's farms", async () => {
    expect(await countsOf()).toMatchObject({ "1.9.0": [3, 0, 0], "1.10.0": [8, 2, 0], "2.0.0": [1, 1, 2], "3.0.0": [0, 0, 0] });
    expect(await countsOf(actorWith("viewer", ours))).toMatchObject({ "1.9.0": [3, 0, 0], "1.10.0": [3, 2, 0], "2.0.0": [0, 0, 1] });
    expect(await countsOf(actorWith("viewer", theirs))).toMatchObject({ "1.9.0": [0, 0, 0], "1.10.0": [5, 0, 0], "2.0.0": [1, 1, 1] });
    expect(await countsOf(admin, { farmIds: [theirs] })).toMatchObject({ "1.10.0": [5, 0, 0] });
    expect(await countsOf(actorWith("viewer", ours), { farmIds: [theirs] })).toMatchObject({ "1.10.0": [0, 0, 0], "2.0.0": [0, 0, 0] });
  });

  test.each([
    [{ types: ["gate"] }, ["1.10.0"]],
    [{ states: ["testing", "draft"] }, ["3.0.0", "2.1.0-rc.1"]],
    [{ search: "lf-900" }, ["2.0.1"]],
    [{ search: "LACTO 2.0" }, ["2.0.1"]],
    [{ search: "release rc" }, ["2.1.0-rc.1"]],
    [{ search: "100%" }, []],
    [{ search: "\0" }, ["3.0.0", "2.1.0-rc.1", "2.0.1", "2.0.0", "1.10.0", "1.9.0", "1.10.0"]],
  ])("%j finds %j", async (input, versions) => {
    expect((await list(input)).versions.map(({ version }) => version)).toEqual(versions);
  });

  test("page by page is the same list, in one statement each", async () => {
    const all = (await list()).versions;
    const seen: typeof all = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ cursor, pageSize: 2 });
      expect(page.versions.length).toBeLessThanOrEqual(2);
      seen.push(...page.versions);
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
    expect(await countStatements(() => list())).toBe(1);
  });

  test.each(["nonsense", Buffer.from('["gate"]').toString("base64url"), Buffer.from('["x\'; --","a"]').toString("base64url")])(
    "%s is no cursor",
    async (cursor) => {
      await expect(list({ cursor })).rejects.toMatchObject({ code: "invalid_input", fields: { cursor: expect.any(String) as string } });
    },
  );

  test("for integrators has the specification's fields, and no more of the fleet than they may see", async () => {
    const { versions } = await publishFirmwareVersions({
      ctx: contextOf(database.db, actorWith("viewer", ours)),
      input: { states: ["stable"], types: ["milk_meter"] },
    });
    expect(versions.map(({ version, deviceCount }) => [version, deviceCount])).toEqual([
      ["2.0.1", 0],
      ["2.0.0", 0],
      ["1.10.0", 3],
    ]);
    expect(versions[1]).toEqual({
      id: ids["2.0.0"],
      name: "Release 2.0.0",
      version: "2.0.0",
      deviceType: "milk_meter",
      manufacturer: "",
      modelCompatibility: [],
      firmwareFilename: null,
      firmwareSize: null,
      firmwareChecksum: null,
      firmwareFormat: null,
      downloadUrl: null,
      releaseDate: "2026-03-01",
      releaseNotes: null,
      changelog: null,
      state: "stable",
      sequence: null,
      isMandatory: true,
      minPreviousVersion: "1.10.0",
      deviceCount: 0,
      successfulUpdates: 0,
      failedUpdates: 1,
    });
  });
});

describe("who runs what", () => {
  const spread = (actor = admin, input: Record<string, unknown> = {}) => getSpread({ ctx: contextOf(database.db, actor), input });

  test("by type, the newest first, with what nobody has entered and who has said nothing", async () => {
    const [meters, gates, ...rest] = await spread(actorWith("viewer", ours));
    expect(rest).toEqual([]);
    expect(meters).toEqual({
      deviceType: "milk_meter",
      total: 8,
      entries: [
        { version: "1.10.0", devices: 3, firmware: { id: ids["1.10.0"], state: "stable" }, isNewest: false },
        { version: "1.9.0", devices: 3, firmware: { id: ids["1.9.0"], state: "deprecated" }, isNewest: false },
        { version: "0.7-custom", devices: 1, firmware: null, isNewest: false },
        { version: null, devices: 1, firmware: null, isNewest: false },
      ],
    });
    expect(gates?.entries).toEqual([{ version: "1.10.0", devices: 1, firmware: { id: ids.gate, state: "stable" }, isNewest: true }]);
    expect(await countStatements(() => spread())).toBe(1);
  });

  test("on chosen farms and of chosen types", async () => {
    expect((await spread(admin, { farmIds: [theirs] })).map(({ total }) => total)).toEqual([6]);
    expect((await spread(admin, { types: ["gate"] })).map(({ deviceType }) => deviceType)).toEqual(["gate"]);
    expect(await spread(actorWith("viewer", ours), { farmIds: [theirs] })).toEqual([]);
  });
});

describe("the way of a device to a version", () => {
  async function pathOf(firmwareVersion: string | null, given: { target?: string; device?: Record<string, unknown> } = {}) {
    const { deviceId } = await testDevice(database.db, { farmId: ours, state: { firmwareVersion }, ...given.device });
    const input = { deviceId, targetId: given.target && ids[given.target] };
    const view = await getUpgradePath({ ctx: contextOf(database.db, actorWith("viewer", ours)), input });
    const hops = view.path.kind === "path" ? view.path.hops.map(({ version }) => version).join(" → ") : view.path.kind;
    return { hops, view };
  }

  test.each([
    ["to the newest stable one, by the one it must pass", "1.9.0", {}, "1.10.0 → 2.0.0"],
    ["straight", "1.10.0", {}, "2.0.0"],
    ["it is there", "2.0.0", {}, "arrived"],
    ["further than that", "2.1.0-rc.1", {}, "newer"],
    ["it has said nothing", null, {}, "unknown"],
    ["one on trial, when asked for", "2.0.0", { target: "2.1.0-rc.1" }, "2.1.0-rc.1"],
    ["one for another model", "2.0.0", { target: "LF9" }, "unfit"],
    ["one for its own model", "2.0.0", { device: { manufacturer: "LACTOFLOW", model: "lf-900" } }, "2.0.1"],
    ["nothing for its type", "1.0.0", { device: { type: "waterer" } }, "no_target"],
  ])("%s", async (_, current, given, expected) => {
    expect((await pathOf(current, given)).hops).toBe(expected);
  });

  test("says what is mandatory on the way, and what it runs", async () => {
    const { view } = await pathOf("1.10.0");
    expect(view).toMatchObject({
      current: "1.10.0",
      registered: { id: ids["1.10.0"], state: "stable" },
      target: { id: ids["2.0.0"] },
      mandatory: [{ version: "2.0.0" }],
    });
    expect((await pathOf("0.7-custom")).view).toMatchObject({ registered: null, mandatory: [{ version: "2.0.0" }] });
  });

  test.each([
    ["draft", "3.0.0"],
    ["another type's", "gate"],
  ])("a %s version is no target", async (_, target) => {
    await expect(pathOf("1.0.0", { target })).rejects.toMatchObject({ code: "not_found" });
  });

  test("of another farm's device is not found", async () => {
    const { deviceId } = await testDevice(database.db, { farmId: theirs });
    await expect(getUpgradePath({ ctx: contextOf(database.db, actorWith("viewer", ours)), input: { deviceId } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
