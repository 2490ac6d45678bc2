import { describe, expect, test } from "vitest";
import { addMonths, addDays, daysBetween, isCalendarDay, mondayOf, monthOf, todayIn } from "./calendar-day";
import { imageTypeOf, MAX_ATTACHMENT_BYTES } from "./attachment";
import { calibrationOf, intervalOf, lastCalibrationAfter } from "./calibration";
import { canBecome, MAINTENANCE_STATUSES } from "./maintenance-type";
import { addAttachmentSchema, completeRecordSchema, listDueSchema, recordDoneSchema } from "./schema";

describe("days", () => {
  test.each([
    ["Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28"],
    ["Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29"],
    // Summer time: midnight comes an hour earlier in UTC.
    ["Europe/Berlin", "2026-03-29T21:59:59Z", "2026-03-29"],
    ["Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30"],
    ["Pacific/Auckland", "2026-06-30T12:00:00Z", "2026-07-01"],
    ["America/Los_Angeles", "2026-01-01T07:59:59Z", "2025-12-31"],
    ["America/Los_Angeles", "2026-01-01T08:00:00Z", "2026-01-01"],
    ["UTC", "2028-02-29T00:00:00Z", "2028-02-29"],
  ])("in %s at %s it is %s", (timeZone, now, day) => {
    expect(todayIn(timeZone, new Date(now))).toBe(day);
  });

  test.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-03-28", 2, "2026-03-30"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-01-01", 365, "2027-01-01"],
  ])("%s and %i days is %s", (day, days, result) => {
    expect(addDays(day, days)).toBe(result);
    expect(daysBetween(day, result)).toBe(days);
  });

  test("weeks begin on Monday, months on their first", () => {
    expect(["2026-11-23", "2026-11-24", "2026-11-29", "2026-11-30"].map(mondayOf)).toEqual([
      "2026-11-23",
      "2026-11-23",
      "2026-11-23",
      "2026-11-30",
    ]);
    expect([monthOf("2026-11-24"), addMonths("2026-12-31", 1), addMonths("2026-01-31", -1)]).toEqual([
      "2026-11-01",
      "2027-01-01",
      "2025-12-01",
    ]);
  });

  test.each(["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "1999-12-31", "2101-01-01", "", "tomorrow", "2026-01-01T00:00"])(
    "%j is no day",
    (day) => expect(isCalendarDay(day)).toBe(false),
  );
});

describe("calibration", () => {
  const TODAY = "2026-06-15";
  test.each([
    ["no interval", null, "2020-01-01", "not_required", null],
    ["no interval, never done", null, null, "not_required", null],
    ["never done", 365, null, "due", null],
    ["done today", 365, TODAY, "valid", "2027-06-15"],
    ["15 days left", 30, "2026-05-31", "valid", "2026-06-30"],
    ["14 days left", 30, "2026-05-30", "due", "2026-06-29"],
    ["on its day", 30, "2026-05-16", "due", TODAY],
    ["a day late", 30, "2026-05-15", "overdue", "2026-06-14"],
    ["an interval shorter than the notice", 7, TODAY, "due", "2026-06-22"],
    ["years late", 1, "2001-01-01", "overdue", "2001-01-02"],
  ] as const)("%s", (_, days, last, status, nextDate) => {
    expect(calibrationOf(days, last, TODAY)).toEqual({ status, nextDate });
  });

  test("becomes overdue at the farm's midnight, not at the server's", () => {
    const at = (timeZone: string, now: string) => calibrationOf(10, "2026-06-05", todayIn(timeZone, new Date(now))).status;
    expect(at("Europe/Berlin", "2026-06-15T21:59:59Z")).toBe("due");
    expect(at("Europe/Berlin", "2026-06-15T22:00:00Z")).toBe("overdue");
    expect(at("America/Los_Angeles", "2026-06-16T06:59:59Z")).toBe("due");
  });

  test("the most particular interval wins", () => {
    expect(intervalOf({ own: 10, model: 20, type: 30 })).toBe(10);
    expect(intervalOf({ own: null, model: 20, type: 30 })).toBe(20);
    expect(intervalOf({ own: null, model: null, type: 30 })).toBe(30);
    expect(intervalOf({ own: null, model: null, type: null })).toBeNull();
  });

  const facts = (doneOn: string) => ({ doneOn, certificate: "C", deviation: null });
  test.each([
    ["the first one", null, null, facts("2026-01-01"), facts("2026-01-01")],
    ["a newer one", "2026-01-01", null, facts("2026-02-01"), facts("2026-02-01")],
    ["filed late for an earlier day", "2026-02-01", null, facts("2026-01-01"), undefined],
    ["the certificate of the same day corrected", "2026-02-01", "2026-02-01", facts("2026-02-01"), facts("2026-02-01")],
    ["the last one moved back", "2026-02-01", "2026-02-01", facts("2026-01-15"), facts("2026-01-15")],
    ["the only one struck out", "2026-02-01", "2026-02-01", null, null],
    ["an old one struck out", "2026-02-01", "2025-02-01", facts("2026-02-01"), facts("2026-02-01")],
    ["known from elsewhere, an older record struck out", "2026-02-01", "2025-02-01", null, undefined],
  ])("%s", (_, current, before, newest, result) => {
    expect(lastCalibrationAfter(current, before, newest)).toEqual(result);
  });
});

describe("records", () => {
  test.each(MAINTENANCE_STATUSES.flatMap((from) => MAINTENANCE_STATUSES.map((to) => [from, to] as const)))("%s to %s", (from, to) => {
    const allowed = [
      ["planned", "done"],
      ["planned", "cancelled"],
      ["done", "cancelled"],
    ];
    expect(canBecome(from, to)).toBe(allowed.some(([a, b]) => a === from && b === to));
  });

  const done = { deviceId: "mm001", type: "repair", doneOn: "2026-06-01" };
  const fieldsOf = (input: unknown) => recordDoneSchema.safeParse(input).error?.issues.map((issue) => issue.path.join("."));
  test("a cost needs a currency, an amount two decimals at most", () => {
    expect(fieldsOf({ ...done, cost: 12.5 })).toEqual(["currency"]);
    expect(fieldsOf({ ...done, cost: 12.345, currency: "EUR" })).toEqual(["cost"]);
    expect(fieldsOf({ ...done, cost: -1, currency: "EUR" })).toEqual(["cost"]);
    expect(fieldsOf({ ...done, cost: 1, currency: "Euro" })).toEqual(["currency"]);
    expect(recordDoneSchema.parse({ ...done, cost: 0.1, currency: "eur" })).toMatchObject({ cost: 0.1, currency: "EUR" });
    expect(recordDoneSchema.parse({ ...done, cost: 19.99, currency: "CHF" })).toMatchObject({ cost: 19.99 });
  });

  test("a next date left out is kept, an empty one is none", () => {
    const parse = (next: unknown) =>
      completeRecordSchema.parse({
        recordId: "01890000-0000-7000-8000-000000000000",
        version: 1,
        doneOn: "2026-06-01",
        ...(next === undefined ? {} : { nextMaintenanceDate: next }),
      }).nextMaintenanceDate;
    expect([parse(undefined), parse(""), parse(null), parse("2026-07-01")]).toEqual([undefined, null, null, "2026-07-01"]);
  });

  test("notes keep their lines and nothing invisible", () => {
    expect(recordDoneSchema.parse({ ...done, notes: " a\r\nb\n" }).notes).toBe("a\nb");
    expect(recordDoneSchema.parse({ ...done, notes: "  " }).notes).toBeNull();
    expect(fieldsOf({ ...done, notes: "a\u0000b" })).toEqual(["notes"]);
    expect(fieldsOf({ ...done, notes: "a\u202eb" })).toEqual(["notes"]);
    expect(fieldsOf({ ...done, notes: "x".repeat(2001) })).toEqual(["notes"]);
  });

  test("a due list spans a quarter at most and ends after it begins", () => {
    const of = (from: string, to: string) => listDueSchema.safeParse({ from, to }).success;
    expect([of("2026-01-01", "2026-01-01"), of("2026-01-02", "2026-01-01"), of("2026-01-01", "2026-04-30")]).toEqual([true, false, false]);
  });
});

describe("pictures", () => {
  test.each([
    ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], "image/png"],
    ["jpeg", [0xff, 0xd8, 0xff, 0xe0], "image/jpeg"],
    ["webp", [...Buffer.from("RIFF1234WEBPVP8 ")], "image/webp"],
    ["a wave file", [...Buffer.from("RIFF1234WAVEfmt ")], undefined],
    ["svg", [...Buffer.from("<svg xmlns=")], undefined],
    ["html", [...Buffer.from("<!doctype html>")], undefined],
    ["gif", [...Buffer.from("GIF89a")], undefined],
    ["cut short", [0x89, 0x50], undefined],
    ["nothing", [], undefined],
  ])("%s", (_, bytes, type) => {
    expect(imageTypeOf(new Uint8Array(bytes))).toBe(type);
  });

  test("are bounded before they are decoded", () => {
    const of = (content: string) =>
      addAttachmentSchema.safeParse({ recordId: "01890000-0000-7000-8000-000000000000", name: "a.png", content }).success;
    expect(of(Buffer.alloc(MAX_ATTACHMENT_BYTES).toString("base64"))).toBe(true);
    expect(of(Buffer.alloc(MAX_ATTACHMENT_BYTES + 4).toString("base64"))).toBe(false);
    expect([of(""), of("no base64!")]).toEqual([false, false]);
  });
});
