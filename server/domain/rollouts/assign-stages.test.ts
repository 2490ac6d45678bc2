import fc from "fast-check";
import { expect, test } from "vitest";
import { assignStages } from "./assign-stages";
import { presetStages, STAGE_PRESETS } from "./presets";
import { rolloutStageSchema } from "./schema";

const stage = (size: unknown) => rolloutStageSchema.parse({ name: "A stage", size });
const percents = (...upTo: number[]) => upTo.map((value) => stage({ kind: "percent", upTo: value }));
const sizes = (stages: ReturnType<typeof percents>, total: number) =>
  assignStages(stages, total).cuts.map(({ after, upTo }) => upTo - after);

test.each([
  [[5, 25, 100], 100, [5, 20, 75]],
  [[5, 25, 100], 3, [1, 0, 2]],
  [[5, 25, 100], 0, [0, 0, 0]],
  [[7], 100, [7]],
  [[33.3, 100], 1_000, [333, 667]],
  [[50, 100], 1, [1, 0]],
  [[0.01, 100], 100_000, [10, 99_990]],
])("%j %% of %i devices: %j", (upTo, total, expected) => {
  expect(sizes(percents(...upTo), total)).toEqual(expected);
});

test("counts come on top of what the stages before took, and end where the devices do", () => {
  const stages = [stage({ kind: "count", count: 2 }), stage({ kind: "percent", upTo: 50 }), stage({ kind: "count", count: 100 })];
  expect(sizes(stages, 20)).toEqual([2, 8, 10]);
});

test("named devices are in no cut", () => {
  const stages = [stage({ kind: "devices", deviceIds: ["MM001", "MM002"] }), stage({ kind: "percent", upTo: 100 })];
  expect(assignStages(stages, 8)).toEqual({
    cuts: [{ position: 1, after: 0, upTo: 8 }],
    named: [{ position: 0, deviceIds: ["MM001", "MM002"] }],
  });
});

test.each(STAGE_PRESETS)("the preset %s takes every device once, and its stages are valid", (preset) => {
  const stages = presetStages(preset);
  for (const one of stages) expect(rolloutStageSchema.parse(one)).toEqual(one);
  for (const total of [1, 2, 3, 10, 101, 5_000]) expect(sizes(stages, total).reduce((sum, size) => sum + size, 0)).toBe(total);
});

test("stages never overlap, never leave a gap and never take more than there is", () => {
  const size = fc.oneof(
    fc.record({ kind: fc.constant("percent"), upTo: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ kind: fc.constant("count"), count: fc.integer({ min: 1, max: 50 }) }),
  );
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 200 }), (given, total) => {
      let end = 0;
      for (const { after, upTo } of assignStages(given.map(stage), total).cuts) {
        expect(after).toBe(end);
        expect(upTo).toBeGreaterThanOrEqual(after);
        end = upTo;
      }
      expect(end).toBeLessThanOrEqual(total);
    }),
  );
});
