import { describe, expect, test } from "vitest";
import { createFarmSchema, isTimeZone, milkingSessionSchema } from "./schema";

describe("farms", () => {
  const farm = { code: "nord", name: "Nordhof", timeZone: "Europe/Berlin" };
  test.each([
    ["code", { code: "N" }],
    ["code", { code: "-NORD" }],
    ["code", { code: "NORD 1" }],
    ["code", { code: "A234567890123456X" }],
    ["name", { name: " " }],
    ["timeZone", { timeZone: "Europe/Atlantis" }],
    ["timeZone", { timeZone: "" }],
    ["latitude", { latitude: 90.1 }],
    ["longitude", { longitude: -180.1 }],
    ["latitude", { latitude: Number.NaN }],
  ])("a bad %s: %j", (field, overrides) => {
    const result = createFarmSchema.safeParse({ ...farm, ...overrides });
    expect(result.error?.issues[0]?.path).toEqual([field]);
  });

  test("a good one is put in order", () => {
    expect(createFarmSchema.parse({ ...farm, latitude: 0, address: " " })).toEqual({
      code: "NORD",
      name: "Nordhof",
      timeZone: "Europe/Berlin",
      address: null,
      latitude: 0,
      longitude: null,
      milkingSessions: [],
      freezeUntil: null,
      freezeReason: null,
    });
    expect([isTimeZone("UTC"), isTimeZone("America/Argentina/Buenos_Aires"), isTimeZone("Mars/Olympus")]).toEqual([true, true, false]);
  });

  const session = { name: "Morning", weekdays: [1], startMinute: 0, endMinute: 1_439 };
  test.each([
    [{}, true],
    [{ startMinute: 1_400, endMinute: 60 }, true],
    [{ startMinute: 60, endMinute: 60 }, false],
    [{ weekdays: [] }, false],
    [{ weekdays: [0] }, false],
    [{ weekdays: [8] }, false],
    [{ startMinute: -1 }, false],
    [{ endMinute: 1_440 }, false],
    [{ startMinute: 1.5 }, false],
  ])("milking session %j: %s", (overrides, isGood) => {
    expect(milkingSessionSchema.safeParse({ ...session, ...overrides }).success).toBe(isGood);
  });

  test("weekdays are sorted and named once", () => {
    expect(milkingSessionSchema.parse({ ...session, weekdays: [7, 1, 7, 3] }).weekdays).toEqual([1, 3, 7]);
  });
});
