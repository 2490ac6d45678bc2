import { describe, expect, test } from "vitest";
import { seededRandom } from "../random";
import { drawFaults, type FaultLevel } from "./faults";
import { signalAfter } from "./signal";

function overDays(level: FaultLevel, days: number, stepHours: number) {
  const random = seededRandom(`${level}:${stepHours}`);
  const total = { errors: 0, restarts: 0, dropouts: 0 };
  for (let hour = 0; hour < days * 24; hour += stepHours) {
    const faults = drawFaults(level, stepHours, random);
    total.errors += faults.errors;
    if (faults.restartReason) total.restarts += 1;
    if (faults.dropoutMs > 0) total.dropouts += 1;
  }
  return total;
}

describe("faults", () => {
  test("none means none", () => {
    expect(overDays("none", 1000, 1)).toEqual({ errors: 0, restarts: 0, dropouts: 0 });
  });

  test.each([0.25, 1])("normal keeps its rates whatever the step (%f h)", (stepHours) => {
    const total = overDays("normal", 2800, stepHours);
    expect(total.errors).toBeGreaterThan(2800 * 0.8 * 0.9);
    expect(total.errors).toBeLessThan(2800 * 0.8 * 1.1);
    expect(total.restarts).toBeGreaterThan(150);
    expect(total.restarts).toBeLessThan(250);
    expect(total.dropouts).toBeGreaterThan(600);
    expect(total.dropouts).toBeLessThan(800);
  });

  test("harsh is worse in every way", () => {
    const normal = overDays("normal", 300, 1);
    const harsh = overDays("harsh", 300, 1);
    expect(harsh.errors).toBeGreaterThan(normal.errors * 5);
    expect(harsh.restarts).toBeGreaterThan(normal.restarts * 5);
    expect(harsh.dropouts).toBeGreaterThan(normal.dropouts * 5);
  });
});

describe("signal", () => {
  test("wanders around the mean of its place and stays in bounds", () => {
    const random = seededRandom("radio");
    let signal = -30;
    const walk = Array.from({ length: 5000 }, () => (signal = signalAfter(signal, -70, 0.1, random)));
    const mean = walk.reduce((sum, value) => sum + value, 0) / walk.length;
    expect(Math.abs(mean + 70)).toBeLessThan(1);
    expect(Math.max(...walk) - Math.min(...walk)).toBeGreaterThan(8);
    expect(walk.every((value) => value >= -125 && value <= -25)).toBe(true);
  });

  test("moves little in a moment, and a cable not at all", () => {
    const random = seededRandom("radio");
    expect(Math.abs(signalAfter(-70, -70, 1 / 3600, random) + 70)).toBeLessThan(1);
    expect(signalAfter(-50, -30, 5, random, true)).toBe(-30);
  });
});
