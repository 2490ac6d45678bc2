import { describe, expect, test } from "vitest";
import { milkingAt, withMargin, type MilkingTimes } from "./milking";

const DAILY = [1, 2, 3, 4, 5, 6, 7];
const session = (start: string, end: string, weekdays: number[] = DAILY): MilkingTimes => ({
  name: "Session",
  weekdays,
  startMinute: minuteOf(start),
  endMinute: minuteOf(end),
});

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

describe("milking at an instant", () => {
  test.each([
    ["before", session("05:30", "07:30"), "2026-06-01T03:29:59Z", undefined],
    ["from its first second", session("05:30", "07:30"), "2026-06-01T03:30:00Z", "2026-06-01T05:30:00Z"],
    ["to its last", session("05:30", "07:30"), "2026-06-01T05:29:59Z", "2026-06-01T05:30:00Z"],
    ["not at its end", session("05:30", "07:30"), "2026-06-01T05:30:00Z", undefined],
    ["in winter an hour later by UTC", session("05:30", "07:30"), "2026-01-05T04:45:00Z", "2026-01-05T06:30:00Z"],
    ["on its weekday", session("05:30", "07:30", [1]), "2026-06-01T04:00:00Z", "2026-06-01T05:30:00Z"],
    ["not on another", session("05:30", "07:30", [2]), "2026-06-01T04:00:00Z", undefined],
    // Monday 22:00 to Tuesday 01:30.
    ["over midnight, before it", session("22:00", "01:30", [1]), "2026-06-01T21:00:00Z", "2026-06-01T23:30:00Z"],
    ["over midnight, after it", session("22:00", "01:30", [1]), "2026-06-01T23:00:00Z", "2026-06-01T23:30:00Z"],
    ["over midnight, not on the day after", session("22:00", "01:30", [1]), "2026-06-02T20:30:00Z", undefined],
    ["over midnight, not on the day before", session("22:00", "01:30", [1]), "2026-05-31T22:30:00Z", undefined],
    ["from Sunday to Monday", session("23:00", "02:00", [7]), "2026-05-31T23:30:00Z", "2026-06-01T00:00:00Z"],
    // 29 March 2026, Berlin: 02:00 → 03:00 at 01:00 UTC.
    ["across the skipped hour", session("01:30", "04:00"), "2026-03-29T01:15:00Z", "2026-03-29T02:00:00Z"],
    ["a start that is skipped: not before the skip", session("02:30", "04:00"), "2026-03-29T00:59:00Z", undefined],
    ["a start that is skipped: at the skip", session("02:30", "04:00"), "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"],
    ["an end that is skipped: until the skip", session("01:00", "02:30"), "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"],
    ["an end that is skipped: not after it", session("01:00", "02:30"), "2026-03-29T01:00:00Z", undefined],
    ["a session inside the skipped hour does not happen", session("02:10", "02:50"), "2026-03-29T01:00:00Z", undefined],
    // 25 October 2026, Berlin: 03:00 → 02:00 at 01:00 UTC.
    ["the hour that comes twice, first pass", session("02:15", "02:45"), "2026-10-25T00:20:00Z", "2026-10-25T01:45:00Z"],
    ["between the passes", session("02:15", "02:45"), "2026-10-25T00:50:00Z", "2026-10-25T01:45:00Z"],
    ["the hour that comes twice, second pass", session("02:15", "02:45"), "2026-10-25T01:44:00Z", "2026-10-25T01:45:00Z"],
    ["over that hour", session("01:00", "05:00"), "2026-10-25T01:30:00Z", "2026-10-25T04:00:00Z"],
    ["over midnight into the change", session("23:30", "03:30", [6]), "2026-10-25T02:15:00Z", "2026-10-25T02:30:00Z"],
  ])("%s", (_, times, at, until) => {
    expect(milkingAt([times], "Europe/Berlin", new Date(at))?.until).toEqual(until === undefined ? undefined : new Date(until));
  });

  test.each([
    ["America/Los_Angeles", "2026-06-01T12:45:00Z", "2026-06-01T14:30:00Z"],
    ["Asia/Kathmandu", "2026-05-31T23:50:00Z", "2026-06-01T01:45:00Z"],
    ["Pacific/Auckland", "2026-05-31T18:00:00Z", "2026-05-31T19:30:00Z"],
    // Half an hour of daylight saving: 4 October 2026, 02:00 → 02:30.
    ["Australia/Lord_Howe", "2026-10-03T19:00:00Z", "2026-10-03T20:30:00Z"],
  ])("in %s", (timeZone, at, until) => {
    expect(milkingAt([session("05:30", "07:30")], timeZone, new Date(at))?.until).toEqual(new Date(until));
  });

  test("of two at once, the one that ends last, named and by the farm's clock", () => {
    const sessions = [
      { ...session("05:00", "07:05"), name: "Long" },
      { ...session("05:00", "06:00"), name: "Short" },
    ];
    expect(milkingAt(sessions, "UTC", new Date("2026-06-01T05:10:00Z"))).toEqual({
      name: "Long",
      until: new Date("2026-06-01T07:05:00Z"),
      untilLocal: "07:05",
    });
    expect(milkingAt([], "UTC", new Date())).toBeUndefined();
  });
});

describe("with a margin before it", () => {
  const morning = { name: "Morning", weekdays: [1, 3], startMinute: 330, endMinute: 450 };

  test.each([
    [0, { startMinute: 330, endMinute: 450, weekdays: [1, 3] }],
    [30, { startMinute: 300, endMinute: 450, weekdays: [1, 3] }],
    [330, { startMinute: 0, endMinute: 450, weekdays: [1, 3] }],
    [331, { startMinute: 1439, endMinute: 450, weekdays: [7, 2] }],
    [720, { startMinute: 1050, endMinute: 450, weekdays: [7, 2] }],
  ])("%i minutes", (margin, expected) => {
    expect(withMargin(morning, margin)).toEqual({ name: "Morning", ...expected });
  });

  test("it never covers more than a day, and a session over midnight keeps its end", () => {
    expect(withMargin({ ...morning, startMinute: 600, endMinute: 500 }, 720)).toMatchObject({ startMinute: 500, endMinute: 500 });
    expect(withMargin({ ...morning, startMinute: 1380, endMinute: 60 }, 60)).toMatchObject({
      startMinute: 1320,
      endMinute: 60,
      weekdays: [1, 3],
    });
  });
});
