import type { DeviceType } from "@/server/domain/devices/device-type";
import type { Random } from "../random";
import { sunlight } from "./sun";

type Measurements = Record<string, number | string | boolean>;

const MILKING_HOURS = [5, 6, 16, 17];

/** What a device of a type measures at an instant. Units are in the names. */
export function measure(type: DeviceType, atMs: number, random: Random): Measurements {
  const hour = new Date(atMs).getUTCHours();
  const isMilking = MILKING_HOURS.includes(hour);
  const warmth = sunlight(atMs, 0.3);
  const around = (value: number, spread: number) => round(value + spread * random.gaussian());
  switch (type) {
    case "milk_meter":
      return {
        yieldKilograms: isMilking ? Math.max(0, around(13, 3)) : 0,
        flowKilogramsPerMinute: isMilking ? Math.max(0, around(2.8, 0.6)) : 0,
        conductivityMillisiemensPerCentimetre: around(4.8, 0.25),
        milkTemperatureCelsius: isMilking ? around(36.5, 0.4) : around(18, 1),
      };
    case "temperature":
      return { temperatureCelsius: around(4 + 0.6 * warmth, 0.3), compressorOn: random.chance(0.35 + 0.3 * warmth) };
    case "collar":
      return {
        ruminationMinutesPerHour: Math.max(0, around(isMilking ? 8 : 24, 5)),
        activityIndex: Math.max(0, around(isMilking ? 62 : 34, 10)),
        lying: !isMilking && random.chance(0.5),
      };
    case "feeder":
      return { dispensedKilograms: random.chance(0.3) ? around(1.8, 0.3) : 0, hopperLevelPercent: random.integer(10, 100) };
    case "gate":
      return { passages: random.integer(0, isMilking ? 12 : 3), open: random.chance(isMilking ? 0.5 : 0.1) };
    case "waterer":
      return { intakeLitres: Math.max(0, around(3 + 4 * warmth, 1.5)), waterTemperatureCelsius: around(9 + 5 * warmth, 0.8) };
    case "environmental":
      return {
        airTemperatureCelsius: around(9 + 11 * warmth, 0.8),
        relativeHumidityPercent: Math.min(100, Math.max(0, around(78 - 20 * warmth, 4))),
        ammoniaPartsPerMillion: Math.max(0, around(8, 2)),
        carbonDioxidePartsPerMillion: Math.max(300, Math.round(around(900, 120))),
      };
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
