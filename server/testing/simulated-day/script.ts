/**
 * A day on three farms, written down before it is played: who is there, and what happens in which order. The same script
 * is played to the real services and told to the oracle. All times are milliseconds since 1970.
 */
export interface DayScript {
  start: number;
  devices: ScriptedDevice[];
  groups: ScriptedGroup[];
  events: DayEvent[];
}

export const SCRIPTED_FARMS = 3;

export interface ScriptedDevice {
  deviceId: string;
  farm: number;
  group: number | null;
  /** `provisioned` was never heard; the others were heard when the day began. */
  lifecycle: "active" | "provisioned";
  offlineWindowSeconds: number;
  /** Percent. */
  lowBatteryThreshold: number;
  checkIntervalSeconds: number;
  isCalibrationOverdue: boolean;
}

export interface ScriptedGroup {
  parent: number | null;
  /** `null` spans the farms. */
  farm: number | null;
  offlineAlertThreshold: number;
  checkIntervalSeconds: number;
  active: boolean;
}

/** Values as the device reports them; what it leaves out is unchanged. */
export interface Reading {
  bootId: string;
  seq: number;
  batteryLevel?: number;
  signalStrength?: number;
  errorCount?: number;
}

export interface ScriptedMessage {
  device: number;
  receivedAt: number;
  /** A reading, a message of another kind, or the broker's word that the device is gone (its will). */
  content: { kind: "heartbeat"; reading: Reading } | { kind: "other" } | { kind: "offline"; bootId: string };
}

export type DayEvent = { at: number } & (
  | { kind: "beat" }
  | { kind: "messages"; messages: ScriptedMessage[] }
  /** `former` is the moment of the check before. */
  | { kind: "check"; former: number }
  | { kind: "maintenance"; device: number; begins: boolean }
  | { kind: "decommissioned"; device: number }
  | { kind: "calibration_overdue"; device: number }
  /** A person closes, or acknowledges, whatever is open for the device. */
  | { kind: "resolved"; device: number }
  | { kind: "acknowledged"; device: number }
  /** Both sides say what is open and how each device is. */
  | { kind: "look" }
);

/** What can be told of one alert; `null` ends are open ones. */
export interface ToldAlert {
  /** Device ID, `group n of farm m`, or `system`. */
  subject: string;
  condition: string;
  begins: number;
  ends: number | null;
  occurrences: number;
  flaps: number;
  value: number | null;
  /** What happened to it and its severity from then on, in the order of time. */
  timeline: { at: number; kind: string; severity: string }[];
}

export interface ToldLook {
  at: number;
  /** Device ID and health of each device in service. */
  health: string[];
  /** What is open, with the group that speaks for it. */
  open: string[];
}

export interface ToldDay {
  alerts: ToldAlert[];
  looks: ToldLook[];
}

/** Where two accounts of one day differ, as lines to read; each line as often as one has it more than the other. */
export function differencesOf(foretold: ToldDay, told: ToldDay): { missing: string[]; unforetold: string[] } {
  const open = new Map<string, number>();
  for (const line of linesOf(foretold)) open.set(line, (open.get(line) ?? 0) + 1);
  const unforetold = linesOf(told).filter((line) => {
    const left = open.get(line) ?? 0;
    if (left > 0) open.set(line, left - 1);
    return left === 0;
  });
  return { missing: [...open].flatMap(([line, times]) => Array.from({ length: times }, () => line)), unforetold };
}

function linesOf({ alerts, looks }: ToldDay): string[] {
  const clock = (at: number) => new Date(at).toISOString();
  const told = alerts.map(({ timeline, ...alert }) => {
    const happened = timeline
      .toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1))
      .map(({ at, kind, severity }) => `${clock(at)} ${kind} ${severity}`);
    const end = alert.ends === null ? "open" : clock(alert.ends);
    const seen = `seen ${alert.occurrences} times, ${alert.flaps} flaps, value ${alert.value}`;
    return `${alert.subject} ${alert.condition} ${clock(alert.begins)} to ${end}, ${seen}: ${happened.join("; ")}`;
  });
  return [...told, ...looks.flatMap(({ at, health, open }) => [...health, ...open].map((line) => `${clock(at)} ${line}`))];
}

/** What a day must bring to be worth playing: conditions of alerts, and what happens to them. */
const WORTHWHILE = ["offline", "battery", "signal", "errors", "calibration", "group_offline", "reception"].concat([
  "severity_changed",
  "calmed",
  "returned",
  "auto_resolved",
  "resolved",
  "acknowledged",
]);

/** What is too rare in a day to show anything. */
export function lackingIn({ alerts }: ToldDay, least: number): string[] {
  const seen = alerts.flatMap(({ condition, timeline }) => [condition, ...timeline.map((event) => event.kind)]);
  // The broker is away once a day.
  return WORTHWHILE.filter((word) => seen.filter((other) => other === word).length < (word === "reception" ? 1 : least));
}
