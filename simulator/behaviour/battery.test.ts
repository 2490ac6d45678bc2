import { describe, expect, test } from "vitest";
import type { POWER_SOURCES } from "@/server/domain/devices/vocabulary";
import { seededRandom } from "../random";
import { batteryVolts, chargeAfter, initialChargePercent } from "./battery";
import { drawProfile } from "./profile";
import { cloudinessOfDay, sunlight } from "./sun";

const HOUR_MS = 3_600_000;
const MIDNIGHT_MS = Date.UTC(2026, 5, 1);
const profileOn = (powerSource: (typeof POWER_SOURCES)[number]) => drawProfile("environmental", seededRandom("profile"), { powerSource });
const span = (fromHour: number, toHour: number, reportIntervalSeconds = 30) => ({
  fromMs: MIDNIGHT_MS + fromHour * HOUR_MS,
  toMs: MIDNIGHT_MS + toHour * HOUR_MS,
  reportIntervalSeconds,
});

describe("battery", () => {
  test("a full battery lasts exactly its stated life at the reference interval, then stays at 0", () => {
    const profile = profileOn("battery");
    const lifeHours = profile.batteryLifeDays * 24;
    expect(chargeAfter(100, profile, span(0, lifeHours / 2))).toBeCloseTo(50, 5);
    expect(chargeAfter(100, profile, span(0, lifeHours))).toBeCloseTo(0, 5);
    expect(chargeAfter(100, profile, span(0, lifeHours * 2))).toBe(0);
  });

  test("reports that are further apart drain less", () => {
    const profile = profileOn("battery");
    expect(chargeAfter(100, profile, span(0, 48, 600))).toBeGreaterThan(chargeAfter(100, profile, span(0, 48, 30)));
    expect(chargeAfter(100, profile, span(0, 48, 5))).toBeLessThan(chargeAfter(100, profile, span(0, 48, 30)));
  });

  test.each(["mains", "poe"] as const)("%s never drains", (powerSource) => {
    expect(chargeAfter(100, profileOn(powerSource), span(0, 10_000))).toBe(100);
    expect(initialChargePercent(profileOn(powerSource), seededRandom("start"))).toBe(100);
  });

  test("a panel charges by day and drains by night", () => {
    const profile = profileOn("solar");
    expect(chargeAfter(50, profile, span(9, 15))).toBeGreaterThan(60);
    expect(chargeAfter(50, profile, span(19, 29))).toBeLessThan(50);
  });

  test("steps do not change the outcome: many short ones equal one long one", () => {
    const profile = profileOn("solar");
    let charge = 40;
    for (let hour = 0; hour < 24; hour += 1) charge = chargeAfter(charge, profile, span(hour, hour + 1));
    expect(charge).toBeCloseTo(chargeAfter(40, profile, span(0, 24)), 6);
  });

  test("voltage rises with charge between empty and full", () => {
    const profile = profileOn("battery");
    const volts = [0, 5, 20, 50, 80, 100].map((charge) => batteryVolts(charge, profile));
    expect(volts).toEqual([...volts].sort((a, b) => a - b));
    expect(volts[0]).toBe(profile.emptyVolts);
    expect(volts.at(-1)).toBeCloseTo(profile.fullVolts, 2);
  });
});

describe("sun", () => {
  test("shines by day only, most at noon, less under clouds", () => {
    const at = (hour: number) => MIDNIGHT_MS + hour * HOUR_MS;
    expect(sunlight(at(3), 0)).toBe(0);
    expect(sunlight(at(22), 0)).toBe(0);
    expect(sunlight(at(12), 0)).toBeCloseTo(1, 6);
    expect(sunlight(at(12), 1)).toBeCloseTo(0.2, 6);
    expect(sunlight(at(8), 0)).toBeLessThan(sunlight(at(11), 0));
  });

  test("one sky a day, and days differ", () => {
    const skies = Array.from({ length: 30 }, (_, day) => cloudinessOfDay(MIDNIGHT_MS + day * 24 * HOUR_MS));
    expect(cloudinessOfDay(MIDNIGHT_MS + 5 * HOUR_MS)).toBe(skies[0]);
    expect(new Set(skies).size).toBe(30);
    for (const sky of skies) expect(sky >= 0 && sky <= 1).toBe(true);
  });
});
