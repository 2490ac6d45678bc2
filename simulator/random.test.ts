import { describe, expect, test } from "vitest";
import { seededRandom } from "./random";

const draw = (seed: string, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe("seededRandom", () => {
  test("repeats itself for the same seed and differs for another", () => {
    expect(draw("1:MM001", 50)).toEqual(draw("1:MM001", 50));
    expect(draw("1:MM001", 50)).not.toEqual(draw("1:MM002", 50));
  });

  test("fills 0 … 1 evenly", () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const value of draw("even", 10_000)) buckets[Math.floor(value * 10)]! += 1;
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("draws normal and exponential values with the stated moments", () => {
    const random = seededRandom("moments");
    const normal = Array.from({ length: 20_000 }, () => random.gaussian());
    const waits = Array.from({ length: 20_000 }, () => random.exponential(7));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(waits) - 7)).toBeLessThan(0.3);
  });

  test("stays inside integer bounds, both ends reached", () => {
    const random = seededRandom("dice");
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(1, 6)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
