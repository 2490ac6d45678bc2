import { describe, expect, test } from "vitest";
import { deviceIdSchema, nextDeviceId } from "./device-id";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES, deviceTypeOfPrefix } from "./device-type";
import { canTransition, DEVICE_LIFECYCLES, mayConnect, type DeviceLifecycle } from "./lifecycle";
import { macAddressSchema, normalizeMacAddress } from "./mac-address";
import { deviceInputSchema, editDeviceSchema } from "./schema";

describe("device IDs", () => {
  test.each([
    ["MM001", "MM001"],
    [" mm001 ", "MM001"],
    ["AC999999", "AC999999"],
    ["MM01", undefined],
    ["MM1234567", undefined],
    ["M001", undefined],
    ["MMM001", undefined],
    ["MM-001", undefined],
    ["MM00\u0661", undefined],
    ["ÄÖ001", undefined],
    ["MM001\n", "MM001"],
    ["MM0\n01", undefined],
    ["MM001/+", undefined],
    ["", undefined],
  ])("%j → %s", (typed, expected) => {
    expect(deviceIdSchema.safeParse(typed).data).toBe(expected);
  });

  test.each([
    [0, "MM001"],
    [9, "MM010"],
    [999, "MM1000"],
    [999_998, "MM999999"],
    [999_999, undefined],
  ])("after %i comes %s", (highest, expected) => {
    expect(nextDeviceId("MM", highest)).toBe(expected);
  });

  test("every type has its own prefix and is found by it", () => {
    expect(DEVICE_TYPES.map((type) => DEVICE_TYPE_FACTS[type].prefix)).toEqual(["MM", "TS", "AC", "FD", "GT", "WD", "EN"]);
    for (const type of DEVICE_TYPES) expect(deviceTypeOfPrefix(`${DEVICE_TYPE_FACTS[type].prefix}001`)).toBe(type);
    expect(deviceTypeOfPrefix("ZZ001")).toBeUndefined();
  });
});

describe("MAC addresses", () => {
  test.each([
    ["02:4a:1b:00:3c:7f", "02:4A:1B:00:3C:7F"],
    ["02-4A-1B-00-3C-7F", "02:4A:1B:00:3C:7F"],
    ["024A.1B00.3C7F", "02:4A:1B:00:3C:7F"],
    [" 024a1b003c7f ", "02:4A:1B:00:3C:7F"],
    ["02:4A-1B:00:3C:7F", undefined],
    ["02:4A:1B:00:3C", undefined],
    ["02:4A:1B:00:3C:7F:00", undefined],
    ["02:4A:1B:00:3C:7G", undefined],
    ["00:00:00:00:00:00", undefined],
    ["FF:FF:FF:FF:FF:FF", undefined],
    ["01:00:5E:00:00:01", undefined],
  ])("%j → %s", (typed, expected) => {
    expect(normalizeMacAddress(typed)).toBe(expected);
  });

  test("may be left empty", () => {
    for (const empty of ["", "  ", null, undefined]) expect(macAddressSchema.parse(empty)).toBeNull();
    expect(macAddressSchema.safeParse("nonsense").success).toBe(false);
  });
});

describe("lifecycle", () => {
  const ALLOWED: Record<DeviceLifecycle, DeviceLifecycle[]> = {
    draft: ["provisioned", "decommissioned"],
    provisioned: ["active", "maintenance", "decommissioned"],
    active: ["maintenance", "decommissioned"],
    maintenance: ["active", "provisioned", "decommissioned"],
    decommissioned: [],
  };
  const pairs = DEVICE_LIFECYCLES.flatMap((from) => DEVICE_LIFECYCLES.map((to) => [from, to] as const));
  test.each(pairs)("%s → %s", (from, to) => {
    expect(canTransition(from, to)).toBe(ALLOWED[from].includes(to));
  });

  test.each([
    ["draft", false],
    ["provisioned", true],
    ["active", true],
    ["maintenance", true],
    ["decommissioned", false],
  ] as const)("a %s device may connect: %s", (state, expected) => {
    expect(mayConnect(state)).toBe(expected);
  });
});

describe("what a person enters about a device", () => {
  const input = { type: "collar", name: "Collar", deviceId: "AC001", farmId: "01890000-0000-7000-8000-000000000000" };

  test("what is left out has its default", () => {
    expect(deviceInputSchema.parse(input)).toEqual({
      ...input,
      groupId: null,
      location: null,
      manufacturer: "",
      model: "",
      serialNumber: null,
      macAddress: null,
      powerSource: "battery",
      connectionType: null,
    });
  });

  test("an edit can change neither ID, nor type, nor farm", () => {
    const edit = editDeviceSchema.parse({ ...input, version: 1 });
    expect(edit).not.toHaveProperty("type");
    expect(edit).not.toHaveProperty("farmId");
    expect(editDeviceSchema.safeParse({ ...input, version: 0 }).success).toBe(false);
  });
});
