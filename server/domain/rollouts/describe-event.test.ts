import { describe, expect, test } from "vitest";
import {
  CAN_BE_HANDLED,
  ROLLOUT_EVENT_SEVERITIES,
  rolloutEventMessage,
  rolloutEventNextStep,
  rolloutEventTitle,
  type RolloutEventFacts,
} from "./describe-event";
import { ROLLOUT_EVENT_KINDS } from "./vocabulary";

const CAUSE = { kind: "failures", failed: 3, resolved: 20, thresholdPercent: 10 } as const;
const FACTS: RolloutEventFacts = {
  kind: "paused",
  cause: CAUSE,
  sentBack: null,
  stage: "Canary",
  counts: { completed: 1_017, failed: 1, rolled_back: 1, timed_out: 1, pending: 80 },
  state: "paused",
  stands: true,
};
const all = { scope: "all", stranded: 0 } as const;

test.each<[string, Partial<RolloutEventFacts>, string, string, string | null]>([
  [
    "paused",
    {},
    "Rollout paused",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. 1,017 updated, 3 failed, 80 waiting.",
    "Look at what failed; then resume, send back or cancel.",
  ],
  [
    "paused, its stage sent back",
    { kind: "failed", sentBack: { scope: "stage", stranded: 2 }, counts: { completed: 4, failed: 2 } },
    "Rollout paused, stage sent back",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. What the stage has updated goes back to what it ran before, but for 2 whose former version is not kept here. 4 updated, 2 failed.",
    "Look at the firmware before more devices get it.",
  ],
  [
    "failed, all sent back",
    { kind: "failed", sentBack: all, state: "failed", counts: { completed: 4, failed: 2, cancelled: 5 } },
    "Rollout failed",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. What it has updated goes back to what it ran before. 4 updated, 2 failed, 5 called off.",
    "Look at the firmware before more devices get it.",
  ],
  [
    "failed, nobody to send back",
    { kind: "failed", state: "failed", counts: { failed: 2 } },
    "Rollout failed",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. 0 updated, 2 failed.",
    "Look at the firmware before more devices get it.",
  ],
  [
    "waits for approval",
    { kind: "awaiting_approval", cause: null, state: "in_progress", counts: { completed: 4, held: 1, downloading: 1, verifying: 1 } },
    "Rollout waits for approval",
    "“Canary” is through; it goes on when somebody approves. 4 updated, 0 failed, 1 held back, 2 under way.",
    "Look at the devices that were updated; then approve, or pause.",
  ],
  [
    "completed",
    { kind: "completed", cause: null, state: "completed", counts: { completed: 20, skipped: 2 } },
    "Rollout completed",
    "20 updated, 0 failed, 2 left out.",
    null,
  ],
  [
    "completed with a failure",
    { kind: "completed", cause: null, state: "completed", counts: { completed: 20, timed_out: 1 } },
    "Rollout completed",
    "20 updated, 1 failed.",
    "Look at the devices that failed.",
  ],
  [
    "resumed since",
    { stands: false, state: "in_progress", counts: {} },
    "Rollout paused",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. 0 updated, 0 failed. It has gone on since.",
    null,
  ],
  [
    "cancelled since",
    { stands: false, state: "cancelled", counts: {} },
    "Rollout paused",
    "3 of 20 finished devices failed: 15 %, more than the 10 % allowed. 0 updated, 0 failed. It has been cancelled since.",
    null,
  ],
])("%s", (_, given, title, message, nextStep) => {
  const facts = { ...FACTS, ...given };
  expect(rolloutEventTitle(facts)).toBe(title);
  expect(rolloutEventMessage(facts)).toBe(message);
  expect(rolloutEventNextStep(facts)).toBe(nextStep);
});

describe("how an event is told", () => {
  test("only what went wrong for good does not wait for the morning", () => {
    expect(ROLLOUT_EVENT_KINDS.filter((kind) => ROLLOUT_EVENT_SEVERITIES[kind] === "critical")).toEqual(["failed"]);
  });

  test("only what somebody can still act on is escalated", () => {
    expect(ROLLOUT_EVENT_KINDS.filter((kind) => CAN_BE_HANDLED[kind])).toEqual(["paused", "awaiting_approval"]);
  });
});
