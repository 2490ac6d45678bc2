import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterStop, decideStage, type StageCounts, type StageFacts, type StageGate } from "./decide";

const NOW = new Date("2026-03-10T12:00:00Z");
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const GATE: StageGate = {
  successThresholdPercent: 90,
  failureThresholdPercent: 10,
  minimumSample: 10,
  soakMinutes: 0,
  needsApproval: false,
};
const NONE: StageCounts = { waiting: 0, active: 0, completed: 0, failed: 0, out: 0 };

function facts({
  gate,
  counts,
  ...rest
}: Partial<Omit<StageFacts, "gate" | "counts">> & { gate?: Partial<StageGate>; counts?: Partial<StageCounts> }): StageFacts {
  return {
    state: "open",
    baseline: { completed: 0, failed: 0 },
    soakUntil: null,
    approvedAt: null,
    ...rest,
    gate: { ...GATE, ...gate },
    counts: { ...NONE, ...counts },
  };
}

test.each<[string, Parameters<typeof facts>[0], unknown]>([
  ["nobody is through yet", { counts: { waiting: 20 } }, { kind: "wait", for: "devices" }],
  ["some are under way", { counts: { active: 5, completed: 15 } }, { kind: "wait", for: "devices" }],
  ["exactly the success threshold", { counts: { active: 2, completed: 18 } }, { kind: "done" }],
  ["one below it", { counts: { active: 3, completed: 17 } }, { kind: "wait", for: "devices" }],
  ["all completed", { counts: { completed: 20 } }, { kind: "done" }],
  ["all left out", { counts: { out: 20 } }, { kind: "done" }],
  ["an empty stage", {}, { kind: "done" }],
  [
    "success threshold 0: the first completed is enough",
    { gate: { successThresholdPercent: 0 }, counts: { waiting: 19, completed: 1 } },
    { kind: "done" },
  ],
  [
    "success threshold 0 with nobody through",
    { gate: { successThresholdPercent: 0 }, counts: { waiting: 20 } },
    { kind: "wait", for: "devices" },
  ],
  [
    "success threshold 100 with one held",
    { gate: { successThresholdPercent: 100 }, counts: { waiting: 1, completed: 99 } },
    { kind: "wait", for: "devices" },
  ],
])("a stage goes on: %s", (_, given, expected) => {
  expect(decideStage(facts(given), NOW)).toEqual(expected);
});

const stopped = (failed: number, resolved: number, thresholdPercent = 10) => ({
  kind: "stop",
  cause: { kind: "failures", failed, resolved, thresholdPercent },
});

test.each<[string, Parameters<typeof facts>[0], unknown]>([
  ["the share is exactly the threshold", { counts: { waiting: 80, completed: 18, failed: 2 } }, { kind: "wait", for: "devices" }],
  ["the share is above", { counts: { waiting: 80, completed: 17, failed: 3 } }, stopped(3, 20)],
  ["above, but the sample is one short", { counts: { waiting: 80, completed: 7, failed: 2 } }, { kind: "wait", for: "devices" }],
  ["above, and the sample is just enough", { counts: { waiting: 80, completed: 8, failed: 2 } }, stopped(2, 10)],
  ["a stage smaller than the sample is judged when it is through", { counts: { completed: 2, failed: 1 } }, stopped(1, 3)],
  [
    "threshold 0: the first failure",
    { gate: { failureThresholdPercent: 0, minimumSample: 1 }, counts: { waiting: 99, failed: 1 } },
    stopped(1, 1, 0),
  ],
  [
    "threshold 0 and nothing failed",
    { gate: { failureThresholdPercent: 0, minimumSample: 1 }, counts: { waiting: 99, completed: 1 } },
    { kind: "wait", for: "devices" },
  ],
  [
    "threshold 100: nothing stops it while devices are left",
    { gate: { failureThresholdPercent: 100 }, counts: { waiting: 1, failed: 99 } },
    { kind: "wait", for: "devices" },
  ],
  [
    "all through and nobody made it",
    { gate: { failureThresholdPercent: 100 }, counts: { failed: 9 } },
    { kind: "stop", cause: { kind: "too_few_completed", completed: 0, of: 9, thresholdPercent: 90 } },
  ],
  ["60 of 100 tried of 1,000 failed", { counts: { waiting: 900, completed: 40, failed: 60 } }, stopped(60, 100)],
  ["while it soaks", { state: "soaking", soakUntil: inMinutes(30), counts: { active: 0, completed: 17, failed: 3 } }, stopped(3, 20)],
  [
    "while it waits for approval",
    { state: "awaiting_approval", gate: { needsApproval: true }, counts: { completed: 17, failed: 3 } },
    stopped(3, 20),
  ],
  [
    "a threshold that is no number",
    { gate: { failureThresholdPercent: NaN }, counts: { waiting: 9 } },
    { kind: "stop", cause: { kind: "not_evaluable" } },
  ],
])("failures: %s", (_, given, expected) => {
  expect(decideStage(facts(given), NOW)).toEqual(expected);
});

describe("resumed", () => {
  const baseline = { completed: 17, failed: 3 };

  test.each<[string, Partial<StageCounts>, unknown]>([
    ["the same failures do not stop it again", { waiting: 80, completed: 17, failed: 3 }, { kind: "wait", for: "devices" }],
    ["nor one more among many", { waiting: 60, completed: 36, failed: 4 }, { kind: "wait", for: "devices" }],
    ["but new ones do", { waiting: 70, completed: 25, failed: 5 }, stopped(2, 10)],
    ["what failed before does not keep the stage from ending", { completed: 97, failed: 3 }, { kind: "done" }],
  ])("%s", (_, counts, expected) => {
    expect(decideStage(facts({ counts, baseline }), NOW)).toEqual(expected);
  });
});

describe("soak and approval", () => {
  const counts = { completed: 20 };

  test.each<[string, Parameters<typeof facts>[0], unknown]>([
    ["it soaks first", { gate: { soakMinutes: 60, needsApproval: true } }, { kind: "soak", until: inMinutes(60) }],
    ["it soaks", { state: "soaking", soakUntil: inMinutes(1), gate: { soakMinutes: 60 } }, { kind: "wait", for: "soak" }],
    ["it has soaked", { state: "soaking", soakUntil: NOW, gate: { soakMinutes: 60 } }, { kind: "done" }],
    [
      "then somebody is asked",
      { state: "soaking", soakUntil: NOW, gate: { soakMinutes: 60, needsApproval: true } },
      { kind: "ask_approval" },
    ],
    ["nobody has answered", { state: "awaiting_approval", gate: { needsApproval: true } }, { kind: "wait", for: "approval" }],
    ["approved", { state: "awaiting_approval", gate: { needsApproval: true }, approvedAt: NOW }, { kind: "done" }],
    ["approved before it asked", { gate: { needsApproval: true }, approvedAt: NOW }, { kind: "done" }],
    [
      "devices that came in late make it wait again",
      { state: "soaking", soakUntil: NOW, counts: { completed: 10, waiting: 10 } },
      { kind: "wait", for: "devices" },
    ],
  ])("%s", (_, given, expected) => {
    expect(decideStage(facts({ counts, ...given }), NOW)).toEqual(expected);
  });
});

test("it never goes on past a breach, and never stops for what was not tried", () => {
  const count = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(
      fc.record({ waiting: count, active: count, completed: count, failed: count, out: count }),
      fc.record({
        success: fc.integer({ min: 0, max: 100 }),
        failure: fc.integer({ min: 0, max: 100 }),
        sample: fc.integer({ min: 1, max: 50 }),
      }),
      (counts, { success, failure, sample }) => {
        const gate = { ...GATE, successThresholdPercent: success, failureThresholdPercent: failure, minimumSample: sample };
        const decision = decideStage(facts({ gate, counts }), NOW);
        const resolved = counts.completed + counts.failed;
        const isBreached = resolved >= sample && counts.failed > 0 && counts.failed / resolved > failure / 100 + 1e-12;
        if (isBreached) expect(decision.kind).toBe("stop");
        if (counts.failed === 0) expect(decision.kind).not.toBe("stop");
        // Those who have not been tried change nothing about the share.
        const more = decideStage(facts({ gate, counts: { ...counts, waiting: counts.waiting + 1_000 } }), NOW);
        if (isBreached) expect(more.kind).toBe("stop");
      },
    ),
  );
});

test.each([
  ["pause", { rollout: "paused", rollBack: "nothing" }],
  ["rollback_stage", { rollout: "paused", rollBack: "stage" }],
  ["rollback_all", { rollout: "failed", rollBack: "all" }],
] as const)("policy %s", (policy, expected) => {
  expect(afterStop(policy)).toEqual(expected);
});
