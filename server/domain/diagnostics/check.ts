export const CHECK_RESULTS = ["passed", "warning", "failed"] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

export const CHECK_SOURCES = ["device", "server"] as const;
export type CheckSource = (typeof CHECK_SOURCES)[number];

/** One line of a diagnostic report. Texts are ready to be read; `nextStep` is what a person does about it. */
export interface Check {
  /** Stable over reports, so that two can be compared: `storage`, `sensor:yieldKilograms`. */
  key: string;
  source: CheckSource;
  result: CheckResult;
  value: string | null;
  nextStep: string | null;
}

const RANK: Record<CheckResult, number> = { passed: 0, warning: 1, failed: 2 };

/** The gravest of several results; nothing examined counts as passed. */
export function worstResult(results: readonly CheckResult[]): CheckResult {
  return results.reduce<CheckResult>((worst, result) => (RANK[result] > RANK[worst] ? result : worst), "passed");
}

/** Compares two results: below zero when the first is better. */
export function compareResults(a: CheckResult, b: CheckResult): number {
  return RANK[a] - RANK[b];
}

const LABELS: Record<string, string> = {
  answer: "Answer",
  sensors: "Sensors",
  storage: "Storage",
  clock: "Clock",
  memory: "Memory",
  connectivity: "Connectivity",
  firmware: "Firmware image",
  last_seen: "Last seen",
  battery: "Battery",
  battery_trend: "Battery trend",
  signal: "Signal",
  errors: "Errors, last 24 h",
  restarts: "Unwanted restarts",
  credential: "Password",
  refused_messages: "Refused messages",
  clock_skew: "Clock against the server",
  firmware_version: "Firmware version",
};

/** Units that sensors carry at the end of their names, the longest first. */
const UNITS = [
  ["MillisiemensPerCentimetre", "mS/cm"],
  ["KilogramsPerMinute", "kg/min"],
  ["Kilograms", "kg"],
  ["Celsius", "°C"],
  ["Percent", "%"],
  ["Litres", "L"],
] as const;

function unitOf(key: string) {
  return UNITS.find(([name]) => key.startsWith("sensor:") && key.endsWith(name) && key !== `sensor:${name}`);
}

/** A value with the unit its sensor's name ends with: 4.2 of `sensor:milkTemperatureCelsius` is "4.2 °C". */
export function checkValue({ key, value }: { key: string; value: string | null }): string | null {
  const unit = unitOf(key)?.[1];
  const isFigure = value !== null && value.trim() !== "" && Number.isFinite(Number(value));
  return unit && isFigure ? `${value} ${unit}` : value;
}

/** What a check is called: `sensor:milkTemperatureCelsius` is "Milk temperature". */
export function checkLabel(key: string): string {
  if (!key.startsWith("sensor:")) return LABELS[key] ?? key;
  const name = key.slice("sensor:".length);
  const words = name
    .slice(0, name.length - (unitOf(key)?.[0].length ?? 0))
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
