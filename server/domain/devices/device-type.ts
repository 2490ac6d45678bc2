/** The seven kinds of device of the specification (Task 1.2), with the ID prefixes of Task 3.1 and DESIGN 4. */
export const DEVICE_TYPES = ["milk_meter", "temperature", "collar", "feeder", "gate", "waterer", "environmental"] as const;

export type DeviceType = (typeof DEVICE_TYPES)[number];

interface DeviceTypeFacts {
  /** First two letters of a proposed device ID. */
  prefix: string;
  label: string;
  plural: string;
  /** What it does, for people who choose one. */
  purpose: string;
  /** Moves things or animals: touching it needs more care than reading a sensor. */
  actuator: boolean;
}

export const DEVICE_TYPE_FACTS: Record<DeviceType, DeviceTypeFacts> = {
  milk_meter: { prefix: "MM", label: "Milk meter", plural: "Milk meters", purpose: "Yield per cow and milking", actuator: false },
  temperature: {
    prefix: "TS",
    label: "Temperature sensor",
    plural: "Temperature sensors",
    purpose: "Tank, cooling, barn",
    actuator: false,
  },
  collar: { prefix: "AC", label: "Activity collar", plural: "Activity collars", purpose: "Rumination, heat, rest", actuator: false },
  feeder: { prefix: "FD", label: "Feed dispenser", plural: "Feed dispensers", purpose: "Rations per visit", actuator: true },
  gate: { prefix: "GT", label: "Automated gate", plural: "Automated gates", purpose: "Sorting and access", actuator: true },
  waterer: { prefix: "WD", label: "Water dispenser", plural: "Water dispensers", purpose: "Flow and intake", actuator: true },
  environmental: {
    prefix: "EN",
    label: "Environmental sensor",
    plural: "Environmental sensors",
    purpose: "Air, humidity, ammonia",
    actuator: false,
  },
};

/** The type an ID's prefix stands for, or `undefined` for a prefix of somebody's own. */
export function deviceTypeOfPrefix(deviceId: string): DeviceType | undefined {
  return DEVICE_TYPES.find((type) => DEVICE_TYPE_FACTS[type].prefix === deviceId.slice(0, 2));
}
