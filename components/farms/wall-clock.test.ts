import { expect, test } from "vitest";
import { fromWallClock, toWallClock } from "./wall-clock";

test.each([
  ["2026-12-03T06:00", "Europe/Berlin", "2026-12-03T05:00:00.000Z"],
  ["2026-07-03T06:00", "Europe/Berlin", "2026-07-03T04:00:00.000Z"],
  ["2026-07-03T06:00", "Asia/Kolkata", "2026-07-03T00:30:00.000Z"],
  ["2026-07-03T06:00", "Pacific/Auckland", "2026-07-02T18:00:00.000Z"],
  // Comes twice: a freeze lasts through both.
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T01:30:00.000Z"],
])("%s in %s is %s, and back", (text, timeZone, instant) => {
  expect(fromWallClock(text, timeZone)?.toISOString()).toBe(instant);
  expect(toWallClock(new Date(instant), timeZone)).toBe(text);
});

test("a time that the clocks skip is the moment of the skip; an empty field is none", () => {
  expect(fromWallClock("2026-03-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:00:00.000Z");
  expect(fromWallClock("", "Europe/Berlin")).toBeNull();
});
