import { describe, expect, test } from "vitest";
import { readSelfTest } from "./self-test";

describe("a self-test is read part by part", () => {
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "ok"],
    ["a list", [{ storage: { state: "ok" } }]],
    ["nothing known", { state: "ok", flux: { state: "ok" } }],
  ])("%s has no parts", (_, result) => {
    expect(readSelfTest(result)).toEqual({ sensors: [], unreadable: [] });
  });

  test.each([
    ["storage", { storage: "full" }],
    ["storage", { storage: { state: "broken" } }],
    ["storage", { storage: { state: "ok", freeBytes: -1 } }],
    ["memory", { memory: { state: "ok", totalBytes: Number.POSITIVE_INFINITY } }],
    ["clock", { clock: { state: "ok", driftMs: "late" } }],
    ["clock", { clock: null }],
    ["connectivity", { connectivity: { state: "ok", signalStrength: 4e9 } }],
    ["firmware", { firmware: { state: "ok", sha256: "9f2c" } }],
    ["firmware", { firmware: { state: "ok", version: "x".repeat(51) } }],
    ["sensors", { sensors: {} }],
    ["sensors", { sensors: [{ name: "", state: "ok" }] }],
    ["sensors", { sensors: [null] }],
  ])("%s cannot be read: %j; the others can", (part, result) => {
    const good = part === "clock" ? { memory: { state: "ok" } } : { clock: { state: "ok" } };
    expect(readSelfTest({ ...good, ...result })).toMatchObject({ ...good, unreadable: [part] });
  });

  test("sensors are named once, shortened and limited; a value that is no value is left out", () => {
    const sensors = [
      { name: "flow", state: "failed", value: { deep: 1 } },
      { name: "flow", state: "ok", value: 2 },
      { name: "n".repeat(200), state: "ok", value: "v".repeat(500) },
      ...Array.from({ length: 500 }, (_, index) => ({ name: `s${index}`, state: "ok" })),
    ];
    const test = readSelfTest({ sensors });
    expect(test.sensors[0]).toEqual({ name: "flow", state: "failed", value: undefined });
    expect(test.sensors[1]).toEqual({ name: "n".repeat(64), state: "ok", value: "v".repeat(60) });
    expect(test.sensors).toHaveLength(39);
    expect(test.unreadable).toEqual([]);
  });
});
