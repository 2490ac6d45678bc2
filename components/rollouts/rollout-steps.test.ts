import { describe, expect, test } from "vitest";
import { progressOf } from "./rollout-progress";
import { STEP_FACTS, type SteeredRollout, stepsOf } from "./rollout-steps";

const rollout = (given: Partial<SteeredRollout>): SteeredRollout => ({
  name: "Milk meters to 2.4.0",
  kind: "update",
  state: "in_progress",
  currentStage: 0,
  counts: {},
  goBack: null,
  stages: [
    { position: 0, name: "Bench unit", state: "open", approvedAt: null, counts: {} },
    { position: 1, name: "The rest", state: "waiting", approvedAt: null, counts: {} },
  ],
  ...given,
});

describe("what can be told to a rollout", () => {
  test.each<[string, Partial<SteeredRollout>, string[]]>([
    ["scheduled", { state: "scheduled" }, ["cancel"]],
    ["in progress", {}, ["cancel", "pause"]],
    ["in progress with failures", { counts: { failed: 1, completed: 5 } }, ["cancel", "retry", "pause"]],
    [
      "waiting for approval",
      { stages: [{ position: 0, name: "Bench unit", state: "awaiting_approval", approvedAt: null, counts: {} }] },
      ["cancel", "pause", "approve"],
    ],
    [
      "approved a moment ago",
      { stages: [{ position: 0, name: "Bench unit", state: "awaiting_approval", approvedAt: new Date(0), counts: {} }] },
      ["cancel", "pause"],
    ],
    [
      "paused",
      { state: "paused", counts: { timed_out: 2, completed: 5 }, goBack: { devices: 5, stranded: 0 } },
      ["rollBack", "cancel", "retry", "resume"],
    ],
    ["completed", { state: "completed", counts: { completed: 5, failed: 1 }, goBack: { devices: 4, stranded: 1 } }, ["rollBack"]],
    ["completed and sent back already", { state: "completed", counts: { completed: 5 }, goBack: { devices: 0, stranded: 1 } }, []],
    ["cancelled before anything", { state: "cancelled", counts: { cancelled: 9 } }, []],
    ["a rollback that is over", { kind: "rollback", state: "completed", counts: { completed: 5 } }, []],
  ])("%s", (_, given, steps) => {
    expect(stepsOf(rollout(given))).toEqual(steps);
  });
});

describe("a step's consequence", () => {
  const say = (step: keyof typeof STEP_FACTS, given: Partial<SteeredRollout>) => {
    const subject = rollout(given);
    return STEP_FACTS[step].consequence(progressOf(subject.counts), subject);
  };

  test("names how many are not told, and that those at work finish", () => {
    expect(say("pause", { counts: { pending: 10, held: 2, verifying: 1 } })).toBe(
      "12 devices will not be told until it is resumed. 1 device already at work will finish.",
    );
  });

  test("says that what has failed until now counts as seen", () => {
    expect(say("resume", { counts: { pending: 3, failed: 1 } })).toContain("The 1 failure until now counts as seen");
  });

  test("tells those who are next apart from those who follow", () => {
    const stages = (first: object, second: object) => [
      { position: 0, name: "Bench unit", state: "open", approvedAt: null, counts: first } as const,
      { position: 1, name: "The rest", state: "waiting", approvedAt: null, counts: second } as const,
    ];
    expect(say("resume", { counts: { pending: 33 }, stages: stages({ pending: 3 }, { pending: 30 }) })).toBe(
      "3 devices up to “Bench unit” are told next, as the limits allow; 30 in later stages follow. Nothing has failed so far.",
    );
    expect(say("resume", { counts: { pending: 30 }, stages: stages({ completed: 1 }, { pending: 30 }) })).toContain(
      "“Bench unit” has nobody left to tell; 30 in later stages follow.",
    );
    expect(say("resume", { counts: { held: 1 }, stages: stages({ held: 1 }, {}) })).toContain(
      "1 device up to “Bench unit” is told next, as the limits allow.",
    );
  });

  test("says that a retry of a paused rollout waits until it is resumed", () => {
    expect(say("retry", { counts: { failed: 1 } })).toBe(
      "It gets a new attempt in the stage it is in. Its earlier attempt stays in the history and counts no more.",
    );
    expect(say("retry", { state: "paused", counts: { failed: 2 } })).toContain("Nobody is told before the rollout is resumed.");
  });

  test("names how many go back, and how many cannot", () => {
    expect(say("rollBack", { state: "completed", goBack: { devices: 12, stranded: 1 } })).toBe(
      "All 12 go back to the version each ran before, a few first, then the rest, in a rollout of its own." +
        " 1 more device cannot: what it ran before is not kept here.",
    );
  });

  test("names the stage that an approval opens", () => {
    expect(say("approve", { counts: { pending: 9 } })).toBe("The next stage, “The rest”, begins. 9 devices are still to come.");
  });
});
