import type { DeviceType } from "@/server/domain/devices/device-type";
import type { FirmwareFormat } from "@/server/domain/firmware/vocabulary";

interface SampleStep {
  to: "testing" | "stable" | "deprecated";
  daysAgo: number;
  note?: string;
}

interface SampleFirmware {
  deviceType: DeviceType;
  version: string;
  name: string;
  manufacturer: string;
  models: readonly string[];
  releasedDaysAgo: number;
  /** `undefined` = the draft waits for its file. */
  file?: { format: FirmwareFormat; kilobytes: number };
  /** What simulated devices meet in it, and how many of them, 0 … 1. */
  faults?: Readonly<Record<string, number>>;
  minPreviousVersion?: string;
  isMandatory?: true;
  releaseNotes?: string;
  changelog?: string;
  steps: readonly SampleStep[];
}

const stable = (testingDaysAgo: number, stableDaysAgo: number): SampleStep[] => [
  { to: "testing", daysAgo: testingDaysAgo },
  { to: "stable", daysAgo: stableDaysAgo },
];

const LACTOFLOW = { deviceType: "milk_meter", manufacturer: "Lactoflow", models: ["LF-200"] } as const;
const THERMIA = { deviceType: "temperature", manufacturer: "Thermia", models: ["T2"] } as const;
const RUMINOR = { deviceType: "collar", manufacturer: "Ruminor", models: ["R5"] } as const;
const RATIONA = { deviceType: "feeder", manufacturer: "Rationa", models: ["FS-3"] } as const;
const SORTGATE = { deviceType: "gate", manufacturer: "Sortgate", models: ["SG-1"] } as const;
const AQUAFARM = { deviceType: "waterer", manufacturer: "Aquafarm", models: ["W8"] } as const;
const AEROSENSE = { deviceType: "environmental", manufacturer: "Aerosense", models: ["A1"] } as const;

/** Invented releases; the simulated herd runs most of them, and some that nobody has entered. */
export const SAMPLE_FIRMWARE: readonly SampleFirmware[] = [
  {
    ...LACTOFLOW,
    version: "3.2.0",
    name: "Autumn release",
    releasedDaysAgo: 400,
    file: { format: "cortex_m", kilobytes: 402 },
    changelog: "Conductivity is reported with each milking.",
    steps: [...stable(396, 380), { to: "deprecated", daysAgo: 190, note: "Loses the last pulse when the vacuum drops." }],
  },
  {
    ...LACTOFLOW,
    version: "3.4.1",
    name: "Parlour release",
    releasedDaysAgo: 210,
    file: { format: "cortex_m", kilobytes: 418 },
    releaseNotes: "Counts right when the vacuum drops.",
    changelog: "The last pulse is no longer lost when the vacuum drops.\nFaster start after a power cut.",
    steps: stable(205, 190),
  },
  {
    ...LACTOFLOW,
    version: "3.5.0",
    name: "Spring release",
    releasedDaysAgo: 60,
    file: { format: "cortex_m", kilobytes: 431 },
    minPreviousVersion: "3.4.0",
    releaseNotes: "Steadier yield at high flow, and the meter warns before its filter is full.",
    changelog:
      "Yield is steadier above 6 kg/min.\nNew warning: filter nearly full.\nThe clock no longer drifts while the meter is offline.",
    steps: [
      { to: "testing", daysAgo: 55, note: "Stalls 1 to 3 for two weeks, compared with the tank." },
      { to: "stable", daysAgo: 38, note: "Within 0.4 % of the tank in 84 milkings." },
    ],
  },
  {
    ...LACTOFLOW,
    version: "3.6.0-rc.1",
    name: "Summer release, candidate",
    releasedDaysAgo: 6,
    file: { format: "mcuboot", kilobytes: 437 },
    // For a newcomer to see a rollout stop.
    faults: { self_test: 0.5 },
    minPreviousVersion: "3.4.0",
    changelog: "Learns each cow's flow curve.",
    steps: [{ to: "testing", daysAgo: 4, note: "Left side of the parlour only." }],
  },
  {
    ...LACTOFLOW,
    version: "3.7.0",
    name: "Next release",
    releasedDaysAgo: 0,
    minPreviousVersion: "3.5.0",
    changelog: "Waits for the maker's build.",
    steps: [],
  },
  {
    ...THERMIA,
    version: "1.9.2",
    name: "Stepping stone",
    releasedDaysAgo: 320,
    file: { format: "esp_image", kilobytes: 880 },
    changelog: "Makes room for the new storage layout of 2.0.",
    steps: stable(316, 300),
  },
  {
    ...THERMIA,
    version: "2.0.0",
    name: "New storage",
    releasedDaysAgo: 120,
    file: { format: "esp_image", kilobytes: 912 },
    minPreviousVersion: "1.9.0",
    releaseNotes: "Keeps a week of temperatures while the network is away.",
    changelog: "Buffers seven days of readings.\nCalibration values survive an update.",
    steps: stable(112, 90),
  },
  {
    ...RUMINOR,
    version: "2.2.0",
    name: "Pasture",
    releasedDaysAgo: 260,
    file: { format: "mcuboot", kilobytes: 188 },
    steps: [...stable(255, 240), { to: "deprecated", daysAgo: 70, note: "Runs the battery down twice as fast below 0 °C." }],
  },
  {
    ...RUMINOR,
    version: "2.2.3",
    name: "Pasture, winter fix",
    releasedDaysAgo: 80,
    file: { format: "mcuboot", kilobytes: 189 },
    isMandatory: true,
    releaseNotes: "The battery lasts through the winter again.",
    changelog: "The radio sleeps between two beats below 0 °C, too.",
    steps: stable(78, 70),
  },
  {
    ...RATIONA,
    version: "4.0.7",
    name: "Ration 4",
    releasedDaysAgo: 300,
    file: { format: "gzip", kilobytes: 2_140 },
    steps: stable(290, 270),
  },
  {
    ...RATIONA,
    version: "4.1.0",
    name: "Ration 4, soft start",
    releasedDaysAgo: 45,
    file: { format: "gzip", kilobytes: 2_204 },
    changelog: "The auger starts softly.\nGrams per visit are reported at once.",
    steps: stable(40, 25),
  },
  {
    ...SORTGATE,
    version: "1.3.0",
    name: "Quiet gate",
    releasedDaysAgo: 220,
    file: { format: "elf", kilobytes: 640 },
    steps: stable(215, 200),
  },
  {
    ...SORTGATE,
    version: "1.4.0",
    name: "Quick gate",
    releasedDaysAgo: 9,
    file: { format: "elf", kilobytes: 655 },
    changelog: "Opens 200 ms sooner.\nStays open when the air fails.",
    steps: [{ to: "testing", daysAgo: 7, note: "Pasture gate first: no cow waits there." }],
  },
  {
    ...AQUAFARM,
    version: "2.7.4",
    name: "Flow",
    releasedDaysAgo: 280,
    file: { format: "xz", kilobytes: 310 },
    steps: [...stable(275, 260), { to: "deprecated", daysAgo: 30, note: "Replaced by 2.8.0." }],
  },
  {
    ...AQUAFARM,
    version: "2.8.0",
    name: "Flow and frost",
    releasedDaysAgo: 50,
    file: { format: "xz", kilobytes: 322 },
    changelog: "Warns of frost in the pipe.",
    steps: stable(45, 30),
  },
  { ...AEROSENSE, version: "1.2.5", name: "Ammonia", releasedDaysAgo: 100, file: { format: "uf2", kilobytes: 512 }, steps: stable(95, 80) },
];
