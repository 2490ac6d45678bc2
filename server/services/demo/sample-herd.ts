import type { DeviceType } from "@/server/domain/devices/device-type";
import type { ConnectionType, PowerSource } from "@/server/domain/devices/vocabulary";
import type { FarmRole } from "@/server/domain/people/policy";

/** Invented farms, people and devices, for `npm run demo`. */
export const SAMPLE_FARMS = [
  { code: "NORD", name: "Nordhof", timeZone: "Europe/Berlin", address: "Dorfstraße 1, Musterdorf", latitude: 53.6, longitude: 9.9 },
  { code: "MOOR", name: "Moorland", timeZone: "Europe/London", address: "1 Example Lane, Sampleton", latitude: 54.1, longitude: -2.3 },
  { code: "OST", name: "Weide Ost", timeZone: "Europe/Warsaw", address: "ul. Przykładowa 1, Wzorowo", latitude: 53.8, longitude: 20.5 },
] as const;

export type SampleFarmCode = (typeof SAMPLE_FARMS)[number]["code"];

const DAILY = [1, 2, 3, 4, 5, 6, 7];

export const SAMPLE_MILKING_SESSIONS = [
  { name: "Morning milking", weekdays: DAILY, startMinute: 5 * 60 + 30, endMinute: 7 * 60 + 30 },
  { name: "Evening milking", weekdays: DAILY, startMinute: 17 * 60, endMinute: 19 * 60 },
];

export const SAMPLE_PASSWORD = "milk-and-honey";

interface SamplePerson {
  name: string;
  email: string;
  isAdmin: boolean;
  memberships: { farm: SampleFarmCode; role: FarmRole }[];
}

export const SAMPLE_PEOPLE: SamplePerson[] = [
  { name: "Demo admin", email: "admin@demo.example", isAdmin: true, memberships: [] },
  {
    name: "Farm manager",
    email: "manager@demo.example",
    isAdmin: false,
    memberships: [
      { farm: "NORD", role: "farm_manager" },
      { farm: "MOOR", role: "farm_manager" },
    ],
  },
  { name: "Field technician", email: "field@demo.example", isAdmin: false, memberships: [{ farm: "NORD", role: "field_staff" }] },
  { name: "Herd adviser", email: "adviser@demo.example", isAdmin: false, memberships: [{ farm: "OST", role: "viewer" }] },
];

interface SampleSeries {
  type: DeviceType;
  farm: SampleFarmCode;
  count: number;
  name: (number: number) => string;
  location: string;
  manufacturer: string;
  model: string;
  powerSource: PowerSource;
  connectionType: ConnectionType;
}

/** 48 devices of all seven types. */
export const SAMPLE_SERIES: SampleSeries[] = [
  {
    type: "milk_meter",
    farm: "NORD",
    count: 12,
    name: (n) => `Stall ${n}`,
    location: "Milking parlour",
    manufacturer: "Lactoflow",
    model: "LF-200",
    powerSource: "mains",
    connectionType: "ethernet",
  },
  {
    type: "milk_meter",
    farm: "MOOR",
    count: 6,
    name: (n) => `Bail ${n}`,
    location: "Rotary",
    manufacturer: "Lactoflow",
    model: "LF-200",
    powerSource: "poe",
    connectionType: "ethernet",
  },
  {
    type: "temperature",
    farm: "NORD",
    count: 2,
    name: (n) => ["Bulk tank", "Cooling inlet"][n - 1] ?? "Tank",
    location: "Tank room",
    manufacturer: "Thermia",
    model: "T2",
    powerSource: "mains",
    connectionType: "wifi",
  },
  {
    type: "temperature",
    farm: "OST",
    count: 2,
    name: (n) => ["Bulk tank", "Calf kitchen"][n - 1] ?? "Tank",
    location: "Tank room",
    manufacturer: "Thermia",
    model: "T2",
    powerSource: "battery",
    connectionType: "lora",
  },
  {
    type: "collar",
    farm: "NORD",
    count: 8,
    name: (n) => `Collar ${100 + n}`,
    location: "Herd 1",
    manufacturer: "Ruminor",
    model: "R5",
    powerSource: "battery",
    connectionType: "lora",
  },
  {
    type: "collar",
    farm: "OST",
    count: 6,
    name: (n) => `Collar ${200 + n}`,
    location: "Heifers",
    manufacturer: "Ruminor",
    model: "R5",
    powerSource: "battery",
    connectionType: "lora",
  },
  {
    type: "feeder",
    farm: "MOOR",
    count: 3,
    name: (n) => `Feed station ${n}`,
    location: "Loose barn",
    manufacturer: "Rationa",
    model: "FS-3",
    powerSource: "mains",
    connectionType: "wifi",
  },
  {
    type: "gate",
    farm: "MOOR",
    count: 2,
    name: (n) => ["Sort gate", "Pasture gate"][n - 1] ?? "Gate",
    location: "Exit lane",
    manufacturer: "Sortgate",
    model: "SG-1",
    powerSource: "poe",
    connectionType: "ethernet",
  },
  {
    type: "waterer",
    farm: "NORD",
    count: 3,
    name: (n) => `Waterer, pen ${n}`,
    location: "Loose barn",
    manufacturer: "Aquafarm",
    model: "W8",
    powerSource: "solar",
    connectionType: "wifi",
  },
  {
    type: "environmental",
    farm: "OST",
    count: 4,
    name: (n) => ["Barn air, north", "Barn air, south", "Calf igloos", "Feed passage"][n - 1] ?? "Barn air",
    location: "Barn",
    manufacturer: "Aerosense",
    model: "A1",
    powerSource: "battery",
    connectionType: "wifi",
  },
];
