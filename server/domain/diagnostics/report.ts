import { worstResult, type Check, type CheckResult } from "./check";
import { describeDuration, shorten } from "./describe-values";
import { deviceChecks } from "./device-checks";
import { readSelfTest } from "./self-test";
import { serverChecks, type ServerFacts } from "./server-checks";

/** How the command that asked for the self-test ended. */
export type SelfTestOutcome =
  | { kind: "answered"; result: unknown; tookMs: number }
  | { kind: "failed"; error: string | null }
  | { kind: "no_answer"; reached: "waiting" | "sent" | "acknowledged"; cancelled: boolean };

export interface DiagnosticReport {
  state: "completed" | "no_answer";
  /** The worst of the checks. */
  result: CheckResult;
  checks: Check[];
}

/**
 * Joins a device's self-test with what the server knows of it (specification Task 1.1 and 7.2). Without an answer the
 * server's own checks are in the report all the same.
 * @param previousResult result of the device's last self-test before this one
 */
export function buildReport(outcome: SelfTestOutcome, previousResult: unknown, facts: ServerFacts, now: Date): DiagnosticReport {
  const said = outcome.kind === "answered" ? deviceChecks(readSelfTest(outcome.result), readSelfTest(previousResult).firmware) : [];
  const checks = [answerCheck(outcome, said.length), ...said, ...serverChecks(facts, now)];
  const state = outcome.kind === "no_answer" ? "no_answer" : "completed";
  return { state, result: worstResult(checks.map((check) => check.result)), checks };
}

function answerCheck(outcome: SelfTestOutcome, said: number): Check {
  const answer = (result: CheckResult, value: string, nextStep: string | null): Check => ({
    key: "answer",
    source: "device",
    result,
    value,
    nextStep,
  });
  switch (outcome.kind) {
    case "answered":
      if (said > 0) return answer("passed", `After ${describeDuration(Math.max(0, outcome.tookMs))}`, null);
      return answer("warning", "Without a self-test", "The firmware does not test itself; report it to the maker.");
    case "failed":
      return answer(
        "failed",
        outcome.error ? `Refused: ${shorten(outcome.error, 200)}` : "Refused",
        "The device could not test itself: restart it at a quiet time and run the diagnostic again.",
      );
    case "no_answer":
      if (outcome.cancelled) return answer("warning", "Cancelled", "Run the diagnostic again when it suits.");
      return answer("failed", NO_ANSWER[outcome.reached].value, NO_ANSWER[outcome.reached].nextStep);
  }
}

const NO_ANSWER = {
  waiting: { value: "Was not connected", nextStep: "Check power and network at the device, then run the diagnostic again." },
  sent: {
    value: "Did not take the request",
    nextStep: "It is connected but does not listen to its command topic: restart it by hand, then run the diagnostic again.",
  },
  acknowledged: { value: "Took the request, never answered", nextStep: "Restart it at a quiet time, then run the diagnostic again." },
} as const;
