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

/** What a check is called: `sensor:milkTemperatureCelsius` is "Milk temperature celsius". */
export function checkLabel(key: string): string {
  if (!key.startsWith("sensor:")) return LABELS[key] ?? key;
  const words = key
    .slice("sensor:".length)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
