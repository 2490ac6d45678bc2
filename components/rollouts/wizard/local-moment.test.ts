import { expect, test } from "vitest";
import { fromLocalMoment, inOneHour, toLocalMoment } from "./local-moment";

test("a time is shown as the clock on the wall says, and read back", () => {
  const at = new Date(2026, 2, 10, 14, 30);
  expect(toLocalMoment(at)).toBe("2026-03-10T14:30");
  expect(fromLocalMoment("2026-03-10T14:30")).toEqual(at);
});

test("an empty field is no time, and shows as one", () => {
  expect(toLocalMoment(fromLocalMoment(""))).toBe("");
});

test.each([
  ["2026-03-10T12:00:00Z", "2026-03-10T13:00:00Z"],
  ["2026-03-10T12:00:01Z", "2026-03-10T14:00:00Z"],
  ["2026-03-10T12:59:59Z", "2026-03-10T14:00:00Z"],
])("at %s the next full hour at least an hour away is %s", (now, then) => {
  expect(inOneHour(new Date(now))).toEqual(new Date(then));
});
