import { describe, expect, test } from "vitest";
import { readSelfTest } from "@/server/domain/diagnostics/self-test";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { drawDefect, type Defect } from "./behaviour/defects";
import { drawProfile } from "./behaviour/profile";
import { initialWorld } from "./behaviour/world";
import { seededRandom } from "./random";
import { runSelfTest } from "./self-test";

function selfTest(type: (typeof DEVICE_TYPES)[number], defect: Defect | undefined, seed = "1") {
  const random = seededRandom(seed);
  const profile = { ...drawProfile(type, random), clockDriftMs: 100 };
  return runSelfTest(
    initialWorld(profile, 0, random),
    profile,
    { roundTripMs: 30, defect, image: { version: profile.firmwareVersion, sequence: 0, sha256: undefined } },
    random,
  );
}

test.each(DEVICE_TYPES)("the self-test of a %s is what the server reads", (type) => {
  const test = readSelfTest(JSON.parse(JSON.stringify(selfTest(type, undefined))));
  expect(test.unreadable).toEqual([]);
  expect(test.sensors.length).toBeGreaterThan(0);
  expect([...test.sensors, test.storage!, test.firmware!].map(({ state }) => state)).not.toContain("failed");
});

test.each([
  ["dead_sensor", (result: ReturnType<typeof selfTest>) => result.sensors[0]],
  ["full_storage", (result: ReturnType<typeof selfTest>) => result.storage],
  ["altered_firmware", (result: ReturnType<typeof selfTest>) => result.firmware],
] as const)("%s fails its check and the whole", (defect, checkOf) => {
  const result = selfTest("milk_meter", defect);
  expect([checkOf(result)?.state, result.state]).toEqual(["failed", "failed"]);
});

describe("defects", () => {
  const herd = (level: "none" | "normal" | "harsh") => Array.from({ length: 400 }, (_, n) => drawDefect(level, seededRandom(`1:MM${n}`)));

  test("are the same with the same seed, and as many as the level says", () => {
    expect(herd("harsh")).toEqual(herd("harsh"));
    const share = (level: "none" | "normal" | "harsh") => herd(level).filter(Boolean).length / 400;
    expect(share("none")).toBe(0);
    expect(share("normal")).toBeGreaterThan(0.06);
    expect(share("normal")).toBeLessThan(0.2);
    expect(share("harsh")).toBeGreaterThan(0.4);
    expect(new Set(herd("harsh")).size).toBe(7);
  });
});
