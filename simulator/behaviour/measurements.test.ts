import { expect, test } from "vitest";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { dataPayload } from "@/server/mqtt/payloads";
import { seededRandom } from "../random";
import { measure } from "./measurements";

test.each(DEVICE_TYPES)("%s measures what the contract takes, all day long", (type) => {
  const random = seededRandom(type);
  for (let hour = 0; hour < 24; hour += 1) {
    const measurements = measure(type, Date.UTC(2026, 5, 1, hour), random);
    expect(dataPayload.safeParse({ measurements }).success).toBe(true);
    expect(Object.keys(measurements).length).toBeGreaterThan(1);
  }
});

test("milk flows at milking time only", () => {
  const random = seededRandom("parlour");
  expect(measure("milk_meter", Date.UTC(2026, 5, 1, 5, 30), random).yieldKilograms).toBeGreaterThan(0);
  expect(measure("milk_meter", Date.UTC(2026, 5, 1, 11), random).yieldKilograms).toBe(0);
});
