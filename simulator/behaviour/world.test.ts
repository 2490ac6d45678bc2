import { describe, expect, test } from "vitest";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { heartbeatPayload } from "@/server/mqtt/payloads";
import { seededRandom } from "../random";
import { drawProfile } from "./profile";
import { advanceWorld, initialWorld, vitalSigns, type World } from "./world";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 5, 1);
const CALM = { reportIntervalSeconds: 30, faults: "none" } as const;

function live(seed: string, type: (typeof DEVICE_TYPES)[number], hours: number) {
  const random = seededRandom(seed);
  const profile = drawProfile(type, random);
  let world = initialWorld(profile, START_MS, random);
  for (let hour = 1; hour <= hours; hour += 1) {
    world = advanceWorld(world, profile, START_MS + hour * HOUR_MS, { ...CALM, faults: "harsh" }, random).world;
  }
  return world;
}

describe("world", () => {
  test.each(DEVICE_TYPES)("%s lives the same life twice with one seed", (type) => {
    expect(live("7:X1", type, 200)).toEqual(live("7:X1", type, 200));
    expect(live("7:X1", type, 200)).not.toEqual(live("8:X1", type, 200));
  });

  test.each(DEVICE_TYPES)("%s always reports vital signs the contract takes", (type) => {
    const random = seededRandom(type);
    const profile = drawProfile(type, random);
    let world = initialWorld(profile, START_MS, random);
    for (let hour = 1; hour < 2000; hour += 5) {
      world = advanceWorld(world, profile, START_MS + hour * HOUR_MS, { ...CALM, faults: "harsh" }, random).world;
      expect(heartbeatPayload.safeParse({ bootId: "b", seq: 0, ...vitalSigns(world, profile) }).success).toBe(true);
    }
  });

  test("a flat battery goes dark once, and comes back full when somebody changes it", () => {
    const random = seededRandom("flat");
    const profile = drawProfile("collar", random, { powerSource: "battery" });
    let world: World = { ...initialWorld(profile, START_MS, random), chargePercent: 0.01 };
    const power: string[] = [];
    for (let hour = 24; hour < 24 * 30; hour += 1) {
      const step = advanceWorld(world, profile, START_MS + hour * HOUR_MS, CALM, random);
      world = step.world;
      if (step.power !== "unchanged") power.push(step.power);
    }
    expect(power).toEqual(["went_dark", "came_back"]);
    expect(world.chargePercent).toBeGreaterThan(80);
  });

  test("a solar device waits for the sun", () => {
    const random = seededRandom("sun");
    const profile = drawProfile("waterer", random, { powerSource: "solar" });
    const evening = { ...initialWorld(profile, START_MS, random), atMs: START_MS + 20 * HOUR_MS, chargePercent: 0.5 };
    const night = advanceWorld(evening, profile, START_MS + 28 * HOUR_MS, CALM, random);
    expect(night.power).toBe("went_dark");
    expect(advanceWorld(night.world, profile, START_MS + 29 * HOUR_MS, CALM, random).power).toBe("unchanged");
    expect(advanceWorld(night.world, profile, START_MS + 40 * HOUR_MS, CALM, random).power).toBe("came_back");
  });

  test("errors leave the count after 24 hours", () => {
    const random = seededRandom("errors");
    const profile = drawProfile("feeder", random);
    const world: World = { ...initialWorld(profile, START_MS, random), errorTimesMs: [START_MS, START_MS + HOUR_MS] };
    const later = advanceWorld(world, profile, START_MS + 24.5 * HOUR_MS, CALM, random).world;
    expect(vitalSigns(later, profile).errorCount).toBe(1);
  });

  test("mains devices report no battery", () => {
    const random = seededRandom("mains");
    const profile = drawProfile("milk_meter", random, { powerSource: "mains" });
    expect(vitalSigns(initialWorld(profile, START_MS, random), profile)).not.toHaveProperty("batteryLevel");
  });
});
