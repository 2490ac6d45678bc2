import { describe, expect, test } from "vitest";
import { canAdvance, COMMAND_STATES, retryDelaySeconds, type CommandState } from "./schema";

describe("commands", () => {
  const FORWARD: Record<CommandState, CommandState[]> = {
    queued: ["sent", "acknowledged", "succeeded", "failed", "expired", "cancelled"],
    sent: ["acknowledged", "succeeded", "failed", "expired", "cancelled"],
    acknowledged: ["succeeded", "failed", "expired", "cancelled"],
    succeeded: [],
    failed: [],
    expired: [],
    cancelled: [],
  };
  test.each(COMMAND_STATES.flatMap((from) => COMMAND_STATES.map((to) => [from, to] as const)))("%s → %s", (from, to) => {
    expect(canAdvance(from, to)).toBe(FORWARD[from].includes(to));
  });

  test.each([
    [1, 2.5, 5],
    [2, 5, 10],
    [6, 80, 160],
    [7, 150, 300],
    [1_000, 150, 300],
  ])("after %i attempts the next waits between %d and %d s", (attempts, least, most) => {
    expect([retryDelaySeconds(attempts, 0), retryDelaySeconds(attempts, 1)]).toEqual([least, most]);
  });
});
