import { describe, expect, test } from "vitest";
import { DEVICE_TYPES } from "../devices/device-type";
import { restartRefusal, restartVerdict } from "./restart-policy";

const MORNING = { name: "Morning", weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 330, endMinute: 450 };
const MILKING = new Date("2026-06-01T04:00:00Z");
const QUIET = new Date("2026-06-01T10:00:00Z");
const CALM = {
  deviceType: "milk_meter",
  milkingSessions: [MORNING],
  timeZone: "Europe/Berlin",
  now: QUIET,
  forced: false,
  reason: null,
} as const;

describe("may it be restarted", () => {
  test.each([
    ["a sensor between sessions", {}, "allowed"],
    ["a sensor while milking", { now: MILKING }, "refused"],
    ["a farm without sessions", { now: MILKING, milkingSessions: [] }, "allowed"],
    ["the same instant elsewhere", { now: MILKING, timeZone: "Asia/Tokyo" }, "allowed"],
    ["a reason alone changes nothing", { now: MILKING, reason: "stuck" }, "refused"],
    ["forced while milking, with a reason", { now: MILKING, forced: true, reason: "stuck" }, "allowed"],
    ["forced while milking, without", { now: MILKING, forced: true }, "reason_missing"],
    ["forced without need, without a reason", { forced: true }, "reason_missing"],
    ["forced with an empty reason", { forced: true, reason: "" }, "reason_missing"],
    ["a gate between sessions", { deviceType: "gate" }, "asks"],
    ["a gate while milking", { deviceType: "gate", now: MILKING }, "refused"],
    ["a gate, forced with a reason", { deviceType: "gate", forced: true, reason: "jammed" }, "allowed"],
    ["a gate, forced without", { deviceType: "gate", forced: true }, "reason_missing"],
  ] as const)("%s", (_, facts, expected) => {
    expect(restartVerdict({ ...CALM, ...facts }).kind).toBe(expected);
  });

  test("who always asks", () => {
    const asking = DEVICE_TYPES.filter((deviceType) => restartVerdict({ ...CALM, deviceType }).kind === "asks");
    expect(asking).toEqual(["feeder", "gate", "waterer"]);
  });

  test.each([
    [{ now: MILKING }, "force", /milking until 07:30 farm time/],
    [{ deviceType: "gate" }, "force", /in its way/],
    [{ forced: true }, "reason", /Say why/],
  ] as const)("%j is refused at the field that mends it", (facts, field, message) => {
    expect(restartRefusal(restartVerdict({ ...CALM, ...facts }), "MM001")).toEqual({
      field,
      message: expect.stringMatching(message) as string,
    });
  });

  test("what is allowed has no refusal", () => {
    expect(restartRefusal({ kind: "allowed" }, "MM001")).toBeUndefined();
  });
});
