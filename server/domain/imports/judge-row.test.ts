import { describe, expect, test } from "vitest";
import { type DeviceValues, type ExistingDevice, UNSAID } from "./device-values";
import { judgeRow } from "./judge-row";
import { readCells, type RowCells } from "./read-cells";
import type { ImportFarm, ImportRules, RowFacts } from "./rules";
import { planUndo, type Restorable } from "./undo-row";
import type { ImportMode } from "./vocabulary";

const NORD: ImportFarm = { id: "farm-n", code: "NORD", today: "2026-06-15", mayProvision: true, mayEdit: true };
const SEEN: ImportFarm = { id: "farm-s", code: "SEEN", today: "2026-06-15", mayProvision: false, mayEdit: false };
const PARLOUR = { id: "group-p", code: "N-PARLOUR", name: "Parlour", farmId: "farm-n", deviceType: null, active: true };
const COLLARS = { id: "group-c", code: "N-COLLARS", name: "Collars", farmId: "farm-n", deviceType: "collar" as const, active: true };
const OLD = { id: "group-o", code: "N-OLD", name: "Old", farmId: "farm-n", deviceType: null, active: false };
const OTHER = { id: "group-x", code: "S-PARLOUR", name: "Parlour", farmId: "farm-s", deviceType: null, active: true };
const ALL = { id: "group-a", code: "ALL", name: "Old", farmId: null, deviceType: null, active: true };
const GROUPS = [PARLOUR, COLLARS, OLD, OTHER, ALL];

function rulesOf(mode: ImportMode, defaultFarm: ImportFarm | undefined = NORD): ImportRules {
  const groups = new Map<string, typeof GROUPS>();
  for (const group of GROUPS)
    for (const key of [group.code.toLowerCase(), group.name.toLowerCase()]) groups.set(key, [...(groups.get(key) ?? []), group]);
  return {
    mode,
    defaultFarm,
    farms: new Map([NORD, SEEN].map((farm) => [farm.code, farm])),
    farmsById: new Map([NORD, SEEN].map((farm) => [farm.id, farm])),
    groups,
    tags: new Map([
      ["trial", { id: "tag-t", name: "Trial" }],
      ["wet", { id: "tag-w", name: "Wet" }],
    ]),
    names: {
      groups: new Map(GROUPS.map(({ id, code }) => [id, code])),
      tags: new Map([
        ["tag-t", "Trial"],
        ["tag-w", "Wet"],
      ]),
    },
  };
}

const NEW: RowCells = { device_id: "MM001", name: "Stall 1", device_type: "milk_meter" };
const DEVICE: ExistingDevice = {
  ...UNSAID,
  id: "key-1",
  device_id: "MM001",
  version: 3,
  lifecycle: "active",
  name: "Stall 1",
  type: "milk_meter",
  farm_id: "farm-n",
  manufacturer: "DeLaval",
  serial_number: "S1",
  mac_address: "02:00:00:00:00:01",
  group_id: "group-o",
  last_calibration_date: "2026-01-10",
  calibration_certificate: "C1",
  calibration_deviation: "0.2 %",
  tag_ids: ["tag-t"],
};

const judge = (cells: RowCells, mode: ImportMode, facts: Partial<RowFacts> = {}, defaultFarm: ImportFarm | undefined = NORD) =>
  judgeRow(
    readCells(cells),
    { existing: undefined, macOwner: undefined, serialOwner: undefined, earlier: {}, ...facts },
    rulesOf(mode, defaultFarm),
  );
const known = { existing: DEVICE };

describe("the mode decides first", () => {
  test.each<[string, RowCells, ImportMode, Partial<RowFacts>, string]>([
    ["new, create", NEW, "create", {}, "create"],
    ["new, create_update", NEW, "create_update", {}, "create"],
    ["new, update", NEW, "update", {}, "skip"],
    ["known, create", { ...NEW, name: "Other" }, "create", known, "skip"],
    ["known with wrong cells, create", { ...NEW, mac_address: "x" }, "create", known, "skip"],
    ["known and decommissioned, create", NEW, "create", { existing: { ...DEVICE, lifecycle: "decommissioned" } }, "skip"],
    ["known, update", { ...NEW, name: "Other" }, "update", known, "update"],
    ["known, create_update", { device_id: "MM001", location: "Barn" }, "create_update", known, "update"],
    ["known and the same", NEW, "update", known, "unchanged"],
    ["known, all cells empty", { device_id: "MM001" }, "update", known, "unchanged"],
    ["known and decommissioned, update", NEW, "update", { existing: { ...DEVICE, lifecycle: "decommissioned" } }, "error"],
    ["on a foreign farm, create", NEW, "create", { existing: "hidden" }, "error"],
    ["on a foreign farm, update: not even that it exists", NEW, "update", { existing: "hidden" }, "skip"],
    ["on a foreign farm, create_update", NEW, "create_update", { existing: "hidden" }, "error"],
    ["without an ID", { name: "Stall" }, "create", {}, "error"],
  ])("%s", (_, cells, mode, facts, verdict) => {
    expect(judge(cells, mode, facts).verdict).toBe(verdict);
  });
});

describe("new devices", () => {
  test("have what the row says, and what nobody said as the wizard has it", () => {
    const cells: RowCells = { ...NEW, device_id: "mm001", group: "parlour", tags: "wet|TRIAL", last_calibration_date: "2026-06-15" };
    expect(judge(cells, "create")).toEqual({
      verdict: "create",
      values: {
        ...UNSAID,
        name: "Stall 1",
        type: "milk_meter",
        farm_id: "farm-n",
        group_id: "group-p",
        tag_ids: ["tag-t", "tag-w"],
        last_calibration_date: "2026-06-15",
      },
    });
  });

  test.each<[string, RowCells, string, RegExp]>([
    ["no name", { device_id: "MM001", device_type: "gate" }, "name", /needs a name/],
    ["no type", { device_id: "MM001", name: "a" }, "device_type", /needs a type/],
    ["an unknown farm", { ...NEW, farm_code: "SUED" }, "farm_code", /no farm “SUED” among yours/],
    ["a farm where one may only look", { ...NEW, farm_code: "SEEN" }, "farm_code", /role on farm SEEN/],
    ["an unknown group", { ...NEW, group: "nope" }, "group", /no group “nope”/],
    ["a group for another type", { ...NEW, group: "N-COLLARS" }, "group", /takes only activity collars/],
    ["an archived group", { ...NEW, group: "N-OLD" }, "group", /archived/],
    ["a group of another farm", { ...NEW, group: "S-PARLOUR" }, "group", /another farm/],
    ["two groups of that name", { ...NEW, group: "Old" }, "group", /2 groups/],
    ["an unknown tag", { ...NEW, tags: "trial|dry" }, "tags", /no tag “dry”/],
    ["calibrated tomorrow", { ...NEW, last_calibration_date: "2026-06-16" }, "last_calibration_date", /still to come/],
    ["a certificate without a calibration", { ...NEW, calibration_certificate: "C" }, "calibration_certificate", /without a calibration/],
  ])("%s", (_, cells, field, reason) => {
    expect(judge(cells, "create")).toEqual({
      verdict: "error",
      issues: [{ field, reason: expect.stringMatching(reason) as string, mend: expect.any(String) as string }],
    });
  });

  test("need a farm", () => {
    expect(
      judgeRow(
        readCells(NEW),
        { existing: undefined, macOwner: undefined, serialOwner: undefined, earlier: {} },
        { ...rulesOf("create"), defaultFarm: undefined },
      ),
    ).toMatchObject({
      issues: [{ field: "farm_code", reason: "The row names no farm" }],
    });
  });

  test("what others have is named, what strangers have is not", () => {
    const cells = { ...NEW, mac_address: "02:00:00:00:00:09", serial_number: "S9" };
    expect(judge(cells, "create", { macOwner: { deviceId: "MM007" }, serialOwner: { deviceId: null } })).toMatchObject({
      issues: [{ reason: "This MAC address belongs to MM007" }, { reason: "This serial number belongs to a device on another farm" }],
    });
  });

  test("the second row with an ID, MAC or serial number is the wrong one, and says which is the first", () => {
    expect(judge(NEW, "create", { earlier: { deviceId: 3, mac: 1_204, serial: 5 } })).toMatchObject({
      issues: [
        { field: "device_id", reason: "Row 3 has the same device ID" },
        { field: "mac_address", reason: "Row 1,204 has the same MAC address" },
        { field: "serial_number", reason: "Row 5 has the same manufacturer and serial number" },
      ],
    });
  });

  test("every issue of a row is told at once", () => {
    expect(judge({ device_id: "MM001", mac_address: "x", tags: "dry" }, "create")).toMatchObject({
      issues: [{ field: "mac_address" }, { field: "name" }, { field: "device_type" }],
    });
  });
});

describe("known devices", () => {
  const changesOf = (cells: RowCells) => judge({ device_id: "MM001", ...cells }, "update", known);

  test("only what differs changes, shown before and after", () => {
    expect(changesOf({ name: "Stall 1", location: "Barn", tags: "Wet", group: "ALL", mac_address: "02-00-00-00-00-01" })).toEqual({
      verdict: "update",
      patch: { location: "Barn", tag_ids: ["tag-w"], group_id: "group-a" },
      former: { location: null, tag_ids: ["tag-t"], group_id: "group-o" },
      changes: [
        { field: "location", before: null, after: "Barn" },
        { field: "group", before: "N-OLD", after: "ALL" },
        { field: "tags", before: "Trial", after: "Wet" },
      ],
    });
  });

  test("a new calibration takes the former certificate with it", () => {
    expect(changesOf({ last_calibration_date: "2026-06-01" })).toMatchObject({
      patch: { last_calibration_date: "2026-06-01", calibration_certificate: null, calibration_deviation: null },
      changes: [
        { field: "last_calibration_date", before: "2026-01-10", after: "2026-06-01" },
        { field: "calibration_certificate", before: "C1", after: null },
        { field: "calibration_deviation", before: "0.2 %", after: null },
      ],
    });
    expect(changesOf({ last_calibration_date: "2026-06-01", calibration_certificate: "C2" })).toMatchObject({
      patch: { calibration_certificate: "C2" },
    });
    expect(changesOf({ last_calibration_date: "2026-01-10" })).toEqual({ verdict: "unchanged" });
  });

  test("whoever is in an archived group stays there", () => {
    expect(changesOf({ group: "N-OLD" })).toEqual({ verdict: "unchanged" });
  });

  test.each<[RowCells, string, RegExp]>([
    [{ device_type: "gate" }, "device_type", /is a milk meter; a device keeps its type/],
    [{ farm_code: "SEEN" }, "farm_code", /is on farm NORD/],
    [{ farm_code: "NOPE" }, "farm_code", /is on farm NORD/],
    [{ last_calibration_date: "2026-01-09" }, "last_calibration_date", /which is later/],
  ])("%j is refused", (cells, field, reason) => {
    expect(changesOf(cells)).toEqual({
      verdict: "error",
      issues: [{ field, reason: expect.stringMatching(reason) as string, mend: expect.any(String) as string }],
    });
  });

  test("one's own MAC and serial number are nobody else's, another maker may make them so", () => {
    const facts = { ...known, macOwner: { deviceId: "MM007" }, serialOwner: { deviceId: "MM007" } };
    expect(judge({ device_id: "MM001", mac_address: DEVICE.mac_address ?? "" }, "update", facts)).toEqual({ verdict: "unchanged" });
    expect(judge({ device_id: "MM001", manufacturer: "GEA" }, "update", facts)).toMatchObject({ issues: [{ field: "serial_number" }] });
  });

  test("a farm where one may only look", () => {
    expect(
      judge({ device_id: "MM001", name: "x" }, "update", { existing: { ...DEVICE, farm_id: "farm-s", group_id: null } }),
    ).toMatchObject({
      issues: [{ reason: "Your role on its farm does not allow changes" }],
    });
  });
});

describe("undo of one device", () => {
  const world: Restorable = { isMacTaken: false, isSerialTaken: false, isGroupOpen: true, tagIds: new Set(["tag-t", "tag-w"]) };
  const former = { name: "Stall 1", location: null, mac_address: "02:00:00:00:00:01", group_id: "group-o", tag_ids: ["tag-t"] };
  const written = { name: "Stall 2", location: "Barn", mac_address: "02:00:00:00:00:02", group_id: "group-a", tag_ids: ["tag-w"] };
  const after: ExistingDevice = { ...DEVICE, ...(written as Partial<DeviceValues>) };

  test("what is as the import left it goes back", () => {
    expect(planUndo(former, written, after, world)).toEqual({ patch: former, kept: [] });
  });

  test("what somebody changed since is theirs", () => {
    expect(planUndo(former, written, { ...after, name: "Stall 3", tag_ids: ["tag-t", "tag-w"] }, world)).toEqual({
      patch: { location: null, mac_address: "02:00:00:00:00:01", group_id: "group-o" },
      kept: ["Name: somebody changed it since", "Tags: somebody changed it since"],
    });
  });

  test("what another device has by now, or what is gone, stays", () => {
    const plan = planUndo(former, written, after, {
      isMacTaken: true,
      isSerialTaken: false,
      isGroupOpen: false,
      tagIds: new Set(["tag-w"]),
    });
    expect(plan.patch).toEqual({ name: "Stall 1", location: null, tag_ids: [] });
    expect(plan.kept).toHaveLength(2);
  });

  test("a decommissioned device is left alone", () => {
    expect(planUndo(former, written, { ...after, lifecycle: "decommissioned" }, world).patch).toEqual({});
  });
});
