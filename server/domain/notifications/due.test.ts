import { describe, expect, test } from "vitest";
import { dueAt, isForDigest, type TellingTimes } from "./due";

const AT_ONCE: TellingTimes = {
  delayMinutes: 0,
  quietFromMinute: null,
  quietUntilMinute: null,
  digestMinute: null,
  criticalAtOnce: true,
  timeZone: "Europe/Berlin",
};
const NIGHT = { quietFromMinute: 21 * 60, quietUntilMinute: 5 * 60 + 30 };
const NOON_REST = { quietFromMinute: 12 * 60, quietUntilMinute: 13 * 60 };
const DIGEST = { digestMinute: 7 * 60 };

// Berlin is UTC+1 in winter and UTC+2 in summer; clocks change on 2026-03-29 (skip 02:00) and 2026-10-25 (02:00 twice).
test.each<[string, Partial<TellingTimes>, "warning" | "critical", string, string]>([
  ["at once", {}, "warning", "2026-01-10T03:00:00Z", "2026-01-10T03:00:00Z"],
  ["after the delay", { delayMinutes: 30 }, "critical", "2026-01-10T03:00:00Z", "2026-01-10T03:30:00Z"],
  ["in the night: at its end", NIGHT, "warning", "2026-01-10T22:15:00Z", "2026-01-11T04:30:00Z"],
  ["after midnight: the same morning", NIGHT, "warning", "2026-01-11T02:00:00Z", "2026-01-11T04:30:00Z"],
  ["as the night begins", NIGHT, "warning", "2026-01-10T20:00:00Z", "2026-01-11T04:30:00Z"],
  ["a minute before", NIGHT, "warning", "2026-01-10T19:59:00Z", "2026-01-10T19:59:00Z"],
  ["as it ends", NIGHT, "warning", "2026-01-11T04:30:00Z", "2026-01-11T04:30:00Z"],
  ["critical at night: at once", NIGHT, "critical", "2026-01-10T22:15:00Z", "2026-01-10T22:15:00Z"],
  ["critical, told to wait", { ...NIGHT, criticalAtOnce: false }, "critical", "2026-01-10T22:15:00Z", "2026-01-11T04:30:00Z"],
  ["the delay reaches into the night", { ...NIGHT, delayMinutes: 60 }, "warning", "2026-01-10T19:30:00Z", "2026-01-11T04:30:00Z"],
  ["the delay outlasts the night", { ...NIGHT, delayMinutes: 600 }, "warning", "2026-01-10T19:30:00Z", "2026-01-11T05:30:00Z"],
  ["at noon", NOON_REST, "warning", "2026-01-10T11:30:00Z", "2026-01-10T12:00:00Z"],
  ["digest: the next one", DIGEST, "warning", "2026-01-10T12:00:00Z", "2026-01-11T06:00:00Z"],
  ["digest: this morning's", DIGEST, "warning", "2026-01-10T02:00:00Z", "2026-01-10T06:00:00Z"],
  ["digest: exactly then", DIGEST, "warning", "2026-01-10T06:00:00Z", "2026-01-10T06:00:00Z"],
  ["critical does not wait for it", DIGEST, "critical", "2026-01-10T12:00:00Z", "2026-01-10T12:00:00Z"],
  ["a digest within quiet hours", { ...NIGHT, digestMinute: 4 * 60 }, "warning", "2026-01-10T12:00:00Z", "2026-01-11T04:30:00Z"],
  ["the night in which clocks are set forward", NIGHT, "warning", "2026-03-28T22:00:00Z", "2026-03-29T03:30:00Z"],
  ["the night in which they are set back", NIGHT, "warning", "2026-10-24T22:00:00Z", "2026-10-25T04:30:00Z"],
  ["a digest at a time that is skipped", { digestMinute: 150 }, "warning", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
  ["a digest at a time that comes twice", { digestMinute: 150 }, "warning", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"],
  ["another zone", { ...NIGHT, timeZone: "Asia/Dhaka" }, "warning", "2026-01-10T15:00:00Z", "2026-01-10T23:30:00Z"],
])("%s", (_, times, severity, at, expected) => {
  expect(dueAt({ ...AT_ONCE, ...times }, new Date(at), severity).toISOString()).toBe(new Date(expected).toISOString());
});

describe("the digest", () => {
  test.each<[Partial<TellingTimes>, "warning" | "critical", boolean]>([
    [{}, "warning", false],
    [DIGEST, "warning", true],
    [DIGEST, "critical", false],
    [{ ...DIGEST, criticalAtOnce: false }, "critical", true],
  ])("%j of a %s alert: %s", (times, severity, expected) => {
    expect(isForDigest({ ...AT_ONCE, ...times }, severity)).toBe(expected);
  });
});
