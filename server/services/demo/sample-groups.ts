import type { DeviceType } from "@/server/domain/devices/device-type";
import type { SampleFarmCode } from "./sample-herd";

interface SampleGroup {
  code: string;
  name: string;
  /** Left out = spans farms. */
  farm?: SampleFarmCode;
  parent?: string;
  deviceType?: DeviceType;
  color: number;
  description?: string;
  archived?: true;
  /** Prefix with first and last number: the devices in it. */
  members?: readonly [prefix: string, first: number, last: number][];
}

/** A tree over the sample herd; a parent comes before its children. */
export const SAMPLE_GROUPS: readonly SampleGroup[] = [
  {
    code: "COLD-CHAIN",
    name: "Cold chain",
    deviceType: "temperature",
    color: 10,
    description: "Milk cooling on every farm; dairy inspectors ask for it.",
  },
  {
    code: "NORD-TANK",
    name: "Tank room Nordhof",
    farm: "NORD",
    parent: "COLD-CHAIN",
    deviceType: "temperature",
    color: 10,
    members: [["TS", 1, 2]],
  },
  {
    code: "OST-TANK",
    name: "Tank room Ost",
    farm: "OST",
    parent: "COLD-CHAIN",
    deviceType: "temperature",
    color: 10,
    members: [["TS", 3, 3]],
  },
  { code: "NORD-PARLOUR", name: "Milking parlour", farm: "NORD", deviceType: "milk_meter", color: 1 },
  {
    code: "NORD-PARLOUR-L",
    name: "Left side",
    farm: "NORD",
    parent: "NORD-PARLOUR",
    deviceType: "milk_meter",
    color: 1,
    members: [["MM", 1, 6]],
  },
  {
    code: "NORD-PARLOUR-R",
    name: "Right side",
    farm: "NORD",
    parent: "NORD-PARLOUR",
    deviceType: "milk_meter",
    color: 2,
    members: [["MM", 7, 12]],
  },
  { code: "NORD-BARN", name: "Loose barn", farm: "NORD", color: 5, members: [["WD", 1, 3]] },
  { code: "NORD-HERD-1", name: "Herd 1", farm: "NORD", parent: "NORD-BARN", deviceType: "collar", color: 8, members: [["AC", 1, 8]] },
  { code: "NORD-OLD-PARLOUR", name: "Old parlour", farm: "NORD", deviceType: "milk_meter", color: 0, archived: true },
  { code: "MOOR-ROTARY", name: "Rotary", farm: "MOOR", deviceType: "milk_meter", color: 1, members: [["MM", 13, 18]] },
  {
    code: "MOOR-BARN",
    name: "Loose barn",
    farm: "MOOR",
    color: 5,
    members: [
      ["FD", 1, 3],
      ["GT", 1, 1],
    ],
  },
  { code: "MOOR-PASTURE", name: "Pasture", farm: "MOOR", color: 3, members: [["GT", 2, 2]] },
  {
    code: "OST-BARN",
    name: "Barn",
    farm: "OST",
    color: 5,
    members: [
      ["EN", 1, 2],
      ["EN", 4, 4],
    ],
  },
  {
    code: "OST-CALVES",
    name: "Calf barn",
    farm: "OST",
    parent: "OST-BARN",
    color: 7,
    description: "Igloos and calf kitchen, warm in winter.",
    members: [
      ["EN", 3, 3],
      ["TS", 4, 4],
    ],
  },
  { code: "OST-PASTURE", name: "Pasture", farm: "OST", deviceType: "collar", color: 3, members: [["AC", 9, 14]] },
];

/** Tags with the devices that have them. */
export const SAMPLE_TAGS: readonly { name: string; color: number; devices: readonly string[] }[] = [
  { name: "Under warranty", color: 2, devices: ["MM001", "MM002", "MM003", "MM004", "WD001", "GT001"] },
  { name: "Hard to reach", color: 5, devices: ["TS002", "EN001", "EN002", "WD003"] },
  { name: "Pilot firmware", color: 9, devices: ["MM001", "MM007", "AC001"] },
  { name: "Rented", color: 4, devices: ["AC009", "AC010", "AC011"] },
  { name: "Spare part ordered", color: 6, devices: ["FD003"] },
];
