import { expect, test } from "vitest";
import { MinuteMeter } from "./minute-meter";

test("counts what happened within the last minute, and nothing else", () => {
  const meter = new MinuteMeter();
  expect(meter.perMinute(5_000)).toBe(0);
  for (const at of [10_000, 10_500, 40_000, 69_900]) meter.add(at);
  expect(meter.perMinute(69_999)).toBe(4);
  expect(meter.perMinute(70_000)).toBe(2);
  expect(meter.perMinute(100_000)).toBe(1);
  meter.add(100_000);
  expect(meter.perMinute(129_999)).toBe(1);
  expect(meter.perMinute(1_000_000)).toBe(0);
  meter.add(1_000_000);
  expect(meter.perMinute(1_059_999)).toBe(1);
});
