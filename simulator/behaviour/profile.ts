import type { DeviceType } from "@/server/domain/devices/device-type";
import type { ConnectionType, PowerSource } from "@/server/domain/devices/vocabulary";
import type { Random } from "../random";

/** The hardware of one simulated device: what does not change while it runs. */
export interface DeviceProfile {
  type: DeviceType;
  powerSource: PowerSource;
  connectionType: ConnectionType;
  ssid: string | undefined;
  /** Days a full charge lasts with a report every 30 s and no sun. */
  batteryLifeDays: number;
  emptyVolts: number;
  fullVolts: number;
  /** Percent of charge an hour of full sun adds; 0 without a panel. */
  solarPercentPerHour: number;
  meanSignalDbm: number;
  /** As it left the works. */
  firmwareVersion: string;
  /** Deviation of the device's clock. */
  clockDriftMs: number;
  bootSeconds: number;
}

interface TypeFacts {
  powerSources: readonly [PowerSource, ...PowerSource[]];
  connectionTypes: readonly [ConnectionType, ...ConnectionType[]];
  batteryLifeDays: number;
  firmwareVersions: readonly [string, ...string[]];
}

const TYPE_FACTS: Record<DeviceType, TypeFacts> = {
  milk_meter: {
    powerSources: ["mains", "poe"],
    connectionTypes: ["ethernet", "wifi"],
    batteryLifeDays: 2,
    firmwareVersions: ["3.4.1", "3.4.1", "3.5.0"],
  },
  temperature: {
    powerSources: ["battery"],
    connectionTypes: ["lora", "bluetooth", "wifi"],
    batteryLifeDays: 700,
    firmwareVersions: ["1.9.2", "2.0.0"],
  },
  collar: {
    powerSources: ["battery"],
    connectionTypes: ["lora", "bluetooth"],
    batteryLifeDays: 420,
    firmwareVersions: ["2.2.0", "2.2.3", "2.2.3"],
  },
  feeder: { powerSources: ["mains"], connectionTypes: ["wifi", "ethernet"], batteryLifeDays: 1, firmwareVersions: ["4.0.7", "4.1.0"] },
  gate: { powerSources: ["mains", "solar"], connectionTypes: ["wifi", "cellular"], batteryLifeDays: 9, firmwareVersions: ["1.3.0"] },
  waterer: {
    powerSources: ["solar", "mains"],
    connectionTypes: ["lora", "wifi"],
    batteryLifeDays: 12,
    firmwareVersions: ["2.7.4", "2.8.0"],
  },
  environmental: {
    powerSources: ["solar", "battery"],
    connectionTypes: ["wifi", "lora", "cellular"],
    batteryLifeDays: 30,
    firmwareVersions: ["1.1.0", "1.2.5"],
  },
};

const TYPICAL_SIGNAL_DBM: Record<ConnectionType, { mean: number; spread: number }> = {
  ethernet: { mean: -30, spread: 0 },
  wifi: { mean: -62, spread: 9 },
  bluetooth: { mean: -70, spread: 8 },
  cellular: { mean: -85, spread: 8 },
  lora: { mean: -98, spread: 9 },
};

const SUN_HOURS_TO_FULL = 9;

/** Whether the device runs from a charge that can end. */
export function hasBattery(profile: Pick<DeviceProfile, "powerSource">): boolean {
  return profile.powerSource === "battery" || profile.powerSource === "solar";
}

/** Draws the hardware of a device; what is known about it is kept. */
export function drawProfile(
  type: DeviceType,
  random: Random,
  known: { powerSource?: PowerSource | undefined; connectionType?: ConnectionType | undefined } = {},
): DeviceProfile {
  const facts = TYPE_FACTS[type];
  const powerSource = known.powerSource ?? random.pick(facts.powerSources);
  const connectionType = known.connectionType ?? random.pick(facts.connectionTypes);
  const signal = TYPICAL_SIGNAL_DBM[connectionType];
  const isSolar = powerSource === "solar";
  return {
    type,
    powerSource,
    connectionType,
    ssid: connectionType === "wifi" ? random.pick(["barn-east", "barn-west", "parlour"]) : undefined,
    batteryLifeDays: facts.batteryLifeDays * random.between(0.7, 1.2),
    emptyVolts: isSolar ? 10.8 : 2.8,
    fullVolts: isSolar ? 13.4 : 3.6,
    solarPercentPerHour: isSolar ? 100 / SUN_HOURS_TO_FULL : 0,
    meanSignalDbm: signal.mean + signal.spread * random.gaussian(),
    firmwareVersion: random.pick(facts.firmwareVersions),
    clockDriftMs: Math.round(800 * random.gaussian()),
    bootSeconds: random.between(2, 6),
  };
}
