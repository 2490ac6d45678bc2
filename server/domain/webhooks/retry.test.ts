import { describe, expect, test } from "vitest";
import { decideAfterAttempt, JITTER, offReasonOf, RETRY_DELAYS_MS } from "./retry";

const NOW = new Date("2026-05-01T06:00:00Z");
const after = (ms: number) => new Date(NOW.getTime() + ms);
const decide = (status: number | null, { attempts = 1, retryAfter = null as string | null, random = 0.5 } = {}) =>
  decideAfterAttempt({ status, retryAfter }, attempts, NOW, random);

describe("after an attempt", () => {
  test.each([200, 201, 202, 204, 299])("%i is delivered, also the last time", (status) => {
    expect([decide(status), decide(status, { attempts: 99 })]).toEqual([{ state: "delivered" }, { state: "delivered" }]);
  });

  test.each([null, 100, 199, 300, 301, 302, 307, 400, 401, 404, 410, 429, 500, 503])("%s is tried again", (status) => {
    expect(decide(status)).toEqual({ state: "waiting", dueAt: after(5_000), holdUntil: null });
  });

  test("waits longer each time, about a day in all, then gives up", () => {
    const delays = RETRY_DELAYS_MS.map((_, index) => {
      const result = decide(500, { attempts: index + 1 });
      return result.state === "waiting" ? result.dueAt.getTime() - NOW.getTime() : 0;
    });
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000).toBeCloseTo(23.7, 1);
    expect(decide(500, { attempts: RETRY_DELAYS_MS.length + 1 })).toEqual({ state: "dead" });
  });

  test("jitter", () => {
    expect([decide(500, { random: 0 }), decide(500, { random: 1 })]).toEqual([
      { state: "waiting", dueAt: after(5_000 * (1 - JITTER)), holdUntil: null },
      { state: "waiting", dueAt: after(5_000 * (1 + JITTER)), holdUntil: null },
    ]);
  });

  test.each([
    ["120", 429, 120_000, 120_000],
    ["120", 503, 120_000, 120_000],
    // Only this one message.
    ["120", 500, 120_000, null],
    // Not sooner than we would.
    ["1", 429, 5_000, 1_000],
    ["Fri, 01 May 2026 06:10:00 GMT", 429, 600_000, 600_000],
    // A day is too much.
    ["86400", 429, 21_600_000, 21_600_000],
    ["999999999", 429, 21_600_000, 21_600_000],
    ["Fri, 01 May 2026 05:00:00 GMT", 429, 5_000, null],
    ["-1", 429, 5_000, null],
    ["soon", 429, 5_000, null],
    ["", 429, 5_000, null],
  ])("Retry-After: %s with %i", (retryAfter, status, due, hold) => {
    expect(decide(status, { retryAfter })).toEqual({ state: "waiting", dueAt: after(due), holdUntil: hold && after(hold) });
  });
});

describe("an endpoint is switched off", () => {
  const DAYS = 86_400_000;
  test.each([
    [[410], null, "gone"],
    [[410, 200], null, null],
    [[500], null, null],
    [[500], -4.9 * DAYS, null],
    [[500, null], -5 * DAYS, "failing"],
    [[500, 204], -5 * DAYS, null],
    [[], -4 * DAYS, null],
  ])("%j, failing for %s ms: %s", (statuses, since, reason) => {
    expect(offReasonOf(statuses, since === null ? null : after(since), NOW)).toBe(reason);
  });
});
