import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REPEAT_MS, RepeatGuard } from "./repeats";
import { coverageOf, judgeScan, nextPlace, startWalk, takePlace, undoStep, type Walk } from "./walk";

const STARTED = "2026-03-01T08:00:00Z";
const walkOf = (options: Partial<Walk> = {}) =>
  startWalk({ placeName: " Stall ", first: 1, last: null, type: "milk_meter", farmId: "north", startedAt: STARTED, ...options });
const meter = (number: number) => ({
  deviceId: `MM00${number}`,
  name: `Meter ${number}`,
  type: "milk_meter" as const,
  farmId: "north",
  location: null,
});
const step = (number: number) => ({
  deviceId: `MM00${number}`,
  name: `Meter ${number}`,
  formerLocation: null,
  actionId: `action-${number}`,
});

describe("a walk", () => {
  test("gives each device the next place, passes over, and takes back", () => {
    let walk = takePlace(takePlace(takePlace(walkOf(), step(1)), null), step(3));
    expect(walk.steps.map(({ place, device }) => [place, device?.deviceId])).toEqual([
      [1, "MM001"],
      [2, undefined],
      [3, "MM003"],
    ]);
    const back = undoStep(walk);
    expect(back.undone).toMatchObject({ place: 3, device: { deviceId: "MM003", actionId: "action-3" } });
    walk = back.walk;
    expect(nextPlace(walk)).toBe(3);
    expect(undoStep(walkOf())).toEqual({ walk: walkOf(), undone: undefined });
  });

  test.each([
    ["the next", meter(5), { kind: "fits", place: 2 }],
    ["one that was scanned before", meter(1), { kind: "already", place: 1 }],
    ["another type", { ...meter(5), type: "gate" as const }, { kind: "wrong_type", expected: "milk_meter" }],
    ["another farm's", { ...meter(5), farmId: "moor" }, { kind: "wrong_farm" }],
  ])("judges %s", (_, device, verdict) => {
    expect(judgeScan(takePlace(walkOf(), step(1)), device)).toEqual(verdict);
  });

  test("ends at its last place", () => {
    const full = takePlace(walkOf({ first: 7, last: 7 }), step(1));
    expect(judgeScan(full, meter(2))).toEqual({ kind: "full" });
    expect(() => takePlace(full, step(2))).toThrow("no place left");
  });

  test("ends with a list of places and of what was not met", () => {
    const walk = takePlace(takePlace(walkOf({ last: 4 }), step(1)), null);
    const gate = { ...meter(8), deviceId: "GT001", type: "gate" as const };
    const coverage = coverageOf(walk, [meter(1), meter(2), gate, { ...meter(9), farmId: "moor" }]);
    expect(coverage.places.map(({ label, device }) => [label, device?.deviceId ?? null])).toEqual([
      ["Stall 1", "MM001"],
      ["Stall 2", null],
      ["Stall 3", null],
      ["Stall 4", null],
    ]);
    expect(coverage).toMatchObject({ filled: 1, unseen: [{ deviceId: "MM002" }] });
    expect(coverageOf(walkOf(), [])).toEqual({ places: [], filled: 0, unseen: [] });
  });

  test("numbers without gaps and gives no device two places, whatever is done", () => {
    const act = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom("skip" as const, "undo" as const));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.option(fc.integer({ min: 1, max: 12 })), (acts, last) => {
        let walk = walkOf({ last });
        for (const each of acts) {
          if (each === "undo") walk = undoStep(walk).walk;
          else if (each === "skip") walk = nextPlace(walk) === undefined ? walk : takePlace(walk, null);
          else if (judgeScan(walk, meter(each)).kind === "fits") walk = takePlace(walk, step(each));
        }
        expect(walk.steps.map(({ place }) => place)).toEqual(walk.steps.map((_, index) => index + 1));
        const ids = walk.steps.flatMap(({ device }) => (device ? [device.deviceId] : []));
        expect(new Set(ids).size).toBe(ids.length);
        expect(coverageOf(walk, []).filled).toBe(ids.length);
      }),
    );
  });
});

test("a code that stays in sight is scanned once; gone for two seconds it is new", () => {
  const guard = new RepeatGuard();
  const at = (text: string, ...times: number[]) => times.map((now) => guard.isNew(text, now));
  expect(at("A", 0, 150, 1_900, 3_800)).toEqual([true, false, false, false]);
  expect(at("A", 3_800 + REPEAT_MS)).toEqual([true]);
  expect(at("B", 5_900)).toEqual([true]);
  expect(at("A", 6_000)).toEqual([true]);
  guard.touch(20_000);
  expect(at("A", 21_999)).toEqual([false]);
});
