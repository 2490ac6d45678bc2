import { describe, expect, test } from "vitest";
import { presetStages, STAGE_PRESETS } from "@/server/domain/rollouts/presets";
import { createRolloutSchema } from "@/server/domain/rollouts/schema";
import { deviceIdsError, parseDeviceIds } from "./parse-device-ids";
import { blockersOf } from "./preflight-blockers";
import { matchingPreset, newStage, suggestPreset } from "./stage-presets";
import { STEP, stepOfField, WIZARD_STEPS } from "./wizard-steps";

describe("steps", () => {
  test("every field of the rollout that people enter has its step", () => {
    const fields = WIZARD_STEPS.flatMap((step): readonly string[] => step.fields);
    const entered = Object.keys(createRolloutSchema.shape).filter((field) => field !== "requestKey");
    expect(fields.toSorted()).toEqual(entered.toSorted());
  });

  test.each([
    ["stages.1.size", STEP.stages],
    ["policy.forceReason", STEP.rules],
    ["planHash", STEP.preflight],
    ["firmwareId", STEP.firmware],
    ["something else", STEP.start],
  ])("%s is entered in step %i", (field, step) => {
    expect(stepOfField(field)).toBe(step);
  });
});

describe("stages", () => {
  test.each(STAGE_PRESETS)("%s is known again, until something of it is changed", (preset) => {
    const stages = presetStages(preset);
    expect(matchingPreset(stages)).toBe(preset);
    expect(matchingPreset(stages.map((stage, index) => (index === 0 ? { ...stage, soakMinutes: 7 } : stage)))).toBeUndefined();
    expect(matchingPreset([...stages, newStage(stages.length)])).toBeUndefined();
  });

  test.each([
    [1, "at_once"],
    [3, "at_once"],
    [4, "farm"],
    [200, "farm"],
    [201, "fleet"],
  ])("%i devices begin with %s", (devices, preset) => {
    expect(suggestPreset(devices)).toBe(preset);
  });
});

describe("a list of device IDs", () => {
  test("is read however it is divided, each once", () => {
    expect(parseDeviceIds("mm001, MM002;MM003\n\n  MM001\tTS10")).toEqual({ deviceIds: ["MM001", "MM002", "MM003"], malformed: ["TS10"] });
  });

  test.each([
    ["", "Name at least one device"],
    ["MM001", undefined],
    ["MM001 cow", "Not a device ID: COW"],
    ["a b c d", "Not a device ID: A, B, C …"],
  ])("%o: %s", (text, error) => {
    expect(deviceIdsError(parseDeviceIds(text))).toBe(error);
  });
});

describe("what keeps a rollout from being created", () => {
  const fine = { total: 20, willUpdate: 18, stages: [{ name: "All", count: 18 }], inNoStage: 0 };
  test.each([
    ["nothing", {}, []],
    ["no match", { total: 0, willUpdate: 0, stages: [{ name: "All", count: 0 }] }, [STEP.devices]],
    ["nobody to update", { willUpdate: 0, stages: [{ name: "All", count: 0 }] }, [STEP.devices]],
    [
      "an empty stage",
      {
        stages: [
          { name: "Canary", count: 0 },
          { name: "All", count: 18 },
        ],
      },
      [STEP.stages],
    ],
    ["left over", { stages: [{ name: "Canary", count: 1 }], inNoStage: 17 }, [STEP.stages]],
  ])("%s", (_, change, steps) => {
    expect(blockersOf({ ...fine, ...change }).map(({ step }) => step)).toEqual(steps);
  });
});
