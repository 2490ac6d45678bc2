import { describe, expect, test } from "vitest";
import { checkLabel, checkValue, worstResult, type Check } from "./check";
import { compareChecks } from "./compare";
import { buildReport, type SelfTestOutcome } from "./report";
import { DEFAULT_THRESHOLDS } from "../health/thresholds";
import { serverChecks, type ServerFacts } from "./server-checks";

const NOW = new Date("2026-06-01T12:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

const CALM: ServerFacts = {
  lastSeenAt: NOW,
  powerSource: "battery",
  batteryLevel: 80,
  ...DEFAULT_THRESHOLDS,
  batteryPercentPerDay: 0,
  batteryHours: 100,
  signalStrength: -60,
  connectionType: "wifi",
  errorCount: 0,
  lastRestartAt: null,
  lastRestartReason: null,
  credentialIssuedAt: ago(24 * 30),
  invalidMessageCount: 0,
  lastInvalidAt: null,
  lastInvalidReason: null,
  clockSkewMs: 40,
  firmwareVersion: "3.4.1",
  targetFirmwareVersion: null,
};

describe("what the server knows", () => {
  test("all is well: everything passes, and nothing is to be done", () => {
    const checks = serverChecks(CALM, NOW);
    expect(checks.filter((check) => check.result !== "passed" || check.nextStep !== null)).toEqual([]);
  });

  test.each([
    ["last_seen", { lastSeenAt: null }, "failed", "Never"],
    ["last_seen", { lastSeenAt: ago(5) }, "failed", "5 h ago"],
    ["last_seen", { lastSeenAt: ago(0.1) }, "passed", "6 min ago"],
    ["battery", { batteryLevel: 0 }, "failed", "0 %"],
    ["battery", { batteryLevel: 19.94 }, "warning", "19.9 %"],
    ["battery", { batteryLevel: 20 }, "passed", "20 %"],
    ["battery", { batteryLevel: null }, undefined, undefined],
    ["battery_trend", { batteryPercentPerDay: -8 }, "warning", "\u22128 % a day, about 10 d left"],
    ["battery_trend", { batteryPercentPerDay: -100 }, "failed", "\u2212100 % a day, less than a day left"],
    ["battery_trend", { batteryPercentPerDay: -1 }, "passed", "\u22121 % a day, about 80 d left"],
    ["battery_trend", { batteryPercentPerDay: 2 }, "passed", "+2 % a day"],
    ["battery_trend", { batteryHours: 11 }, undefined, undefined],
    ["signal", { signalStrength: -98 }, "warning", "\u221298 dBm"],
    ["signal", { signalStrength: -98, connectionType: "lora" }, "passed", "\u221298 dBm"],
    ["signal", { signalStrength: null }, undefined, undefined],
    ["errors", { errorCount: 6 }, "warning", "6"],
    ["errors", { errorCount: 11 }, "failed", "11"],
    ["restarts", { lastRestartAt: ago(3), lastRestartReason: "brownout" }, "warning", "brownout, 3 h ago"],
    ["restarts", { lastRestartAt: ago(3), lastRestartReason: "command" }, undefined, undefined],
    ["restarts", { lastRestartAt: ago(30), lastRestartReason: "crash" }, undefined, undefined],
    ["credential", { credentialIssuedAt: null }, "failed", "None is valid"],
    ["credential", { credentialIssuedAt: ago(24 * 366) }, "warning", "366 d old"],
    [
      "refused_messages",
      { lastInvalidAt: ago(1), invalidMessageCount: 3, lastInvalidReason: "status: seq" },
      "warning",
      "3 in all, last: status: seq",
    ],
    [
      "refused_messages",
      { lastInvalidAt: ago(1), lastInvalidReason: "published to other/topic" },
      "failed",
      "0 in all, last: published to other/topic",
    ],
    ["refused_messages", { lastInvalidAt: ago(25), invalidMessageCount: 3 }, "passed", "None in 24 h"],
    ["clock_skew", { clockSkewMs: -6_000 }, "warning", "6 s behind"],
    ["clock_skew", { clockSkewMs: 120_000 }, "failed", "2 min ahead"],
    ["clock_skew", { clockSkewMs: null }, undefined, undefined],
    ["firmware_version", { targetFirmwareVersion: "3.5.0" }, "warning", "3.4.1, 3.5.0 is wanted"],
    ["firmware_version", { targetFirmwareVersion: "3.4.1" }, "passed", "3.4.1"],
  ] as [string, Partial<ServerFacts>, string | undefined, string | undefined][])("%s of %j", (key, facts, result, value) => {
    const check = serverChecks({ ...CALM, ...facts }, NOW).find((candidate) => candidate.key === key);
    expect(check && [check.result, check.value]).toEqual(result === undefined ? undefined : [result, value]);
    if (check && check.result !== "passed") expect(check.nextStep).toMatch(/^[A-Z].+\.$/);
  });
});

const answered = (result: unknown): SelfTestOutcome => ({ kind: "answered", result, tookMs: 3_200 });
const report = (outcome: SelfTestOutcome, previous?: unknown) => buildReport(outcome, previous, CALM, NOW);
const find = (checks: readonly Check[], key: string) => checks.find((check) => check.key === key);

describe("a report", () => {
  test.each([
    ["its own verdict stands", { storage: { state: "failed", freeBytes: 90, totalBytes: 100 } }, "storage", "failed", "90 B free of 100 B"],
    [
      "numbers that say more make it graver",
      { storage: { state: "ok", freeBytes: 9, totalBytes: 100 } },
      "storage",
      "warning",
      "9 B free of 100 B",
    ],
    ["numbers never make it milder", { memory: { state: "warning", freeBytes: 9_000 } }, "memory", "warning", "9 kB free"],
    ["a clock", { clock: { state: "ok", driftMs: -412 } }, "clock", "passed", "\u2212412 ms from true time"],
    ["a clock that is far off", { clock: { state: "ok", driftMs: 61_000 } }, "clock", "failed", "1 min from true time"],
    [
      "a link",
      { connectivity: { state: "ok", signalStrength: -64, roundTripMs: 38 } },
      "connectivity",
      "passed",
      "\u221264 dBm, 38 ms round trip",
    ],
    ["a sensor", { sensors: [{ name: "flow", state: "warning", value: 0 }] }, "sensor:flow", "warning", "0"],
    ["a sensor of two states", { sensors: [{ name: "lying", state: "ok", value: false }] }, "sensor:lying", "passed", "No"],
    ["what cannot be read", { firmware: "yes" }, "firmware", "warning", "Not readable"],
  ])("%s", (_, result, key, expected, value) => {
    const { checks, state } = report(answered(result));
    expect(state).toBe("completed");
    expect(find(checks, key)).toMatchObject({ source: "device", result: expected, value });
    expect(find(checks, "answer")).toMatchObject({ result: "passed", value: "After 3.2 s" });
  });

  test("an image that changed without its version is not trusted", () => {
    const firmware = (version: string, digit: string) => ({ firmware: { state: "ok", version, sha256: digit.repeat(64) } });
    const result = (previous: unknown) => find(report(answered(firmware("2.0", "a")), previous).checks, "firmware")?.result;
    expect([result(firmware("2.0", "b")), result(firmware("1.9", "b")), result(firmware("2.0", "A")), result(undefined)]).toEqual([
      "failed",
      "passed",
      "passed",
      "passed",
    ]);
  });

  test.each([
    [{ kind: "failed", error: "busy" }, "completed", "failed", "Refused: busy"],
    [{ kind: "failed", error: null }, "completed", "failed", "Refused"],
    [{ kind: "answered", result: {}, tookMs: -5 }, "completed", "warning", "Without a self-test"],
    [{ kind: "no_answer", reached: "waiting", cancelled: false }, "no_answer", "failed", "Was not connected"],
    [{ kind: "no_answer", reached: "sent", cancelled: false }, "no_answer", "failed", "Did not take the request"],
    [{ kind: "no_answer", reached: "acknowledged", cancelled: false }, "no_answer", "failed", "Took the request, never answered"],
    [{ kind: "no_answer", reached: "sent", cancelled: true }, "no_answer", "warning", "Cancelled"],
  ] as [SelfTestOutcome, string, string, string][])("%j", (outcome, state, result, value) => {
    const built = report(outcome);
    expect([built.state, built.result]).toEqual([state, result]);
    expect(built.checks[0]).toMatchObject({ key: "answer", result, value, nextStep: expect.any(String) as string });
    expect(find(built.checks, "battery")).toMatchObject({ result: "passed" });
  });

  test("is as bad as its worst check", () => {
    expect([worstResult([]), worstResult(["passed", "warning"]), worstResult(["failed", "warning"])]).toEqual([
      "passed",
      "warning",
      "failed",
    ]);
  });
});

test("two reports are compared check by check", () => {
  const check = (key: string, result: Check["result"], source: Check["source"] = "device"): Check => ({
    key,
    source,
    result,
    value: result,
    nextStep: null,
  });
  const previous = [check("a", "failed"), check("b", "passed"), check("c", "warning"), check("d", "passed"), check("gone", "failed")];
  const current = [
    check("a", "warning"),
    check("b", "failed"),
    check("c", "warning"),
    check("d", "passed", "server"),
    check("e", "passed"),
  ];
  expect(compareChecks(previous, current).map(({ key, change, previousValue }) => [key, change, previousValue])).toEqual([
    ["a", "better", "failed"],
    ["b", "worse", "passed"],
    ["c", "same", "warning"],
    ["d", "new", null],
    ["e", "new", null],
  ]);
});

test("checks have names for people", () => {
  expect(["battery_trend", "sensor:milkTemperatureCelsius", "sensor:x_1", "unheard"].map(checkLabel)).toEqual([
    "Battery trend",
    "Milk temperature",
    "X 1",
    "unheard",
  ]);
});

test.each([
  ["sensor:milkTemperatureCelsius", "4.2", "4.2 °C"],
  ["sensor:flowKilogramsPerMinute", "0", "0 kg/min"],
  ["sensor:yieldKilograms", "clogged", "clogged"],
  ["sensor:intakeLitres", null, null],
  ["sensor:lying", "No", "No"],
  ["sensor:flow", "3", "3"],
  ["battery", "62.3 %", "62.3 %"],
])("the value of %s, %s, is shown as %s", (key, value, shown) => {
  expect(checkValue({ key, value })).toBe(shown);
});
