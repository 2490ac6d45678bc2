import { Chance } from "./chance";
import { messagesOf, type Habits, type Span } from "./device-life";
import { SCRIPTED_FARMS, type DayEvent, type DayScript, type ScriptedDevice, type ScriptedGroup, type ScriptedMessage } from "./script";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PEN_SIZE = 12;

interface DaySize {
  seed: number;
  start: Date;
  devices: number;
  hours: number;
}

/**
 * Writes a day in which everything goes wrong that does on farms: outages of devices and of whole pens, unsteady radios,
 * batteries that run down, errors, work on devices, an outage of the broker and one of the database.
 */
export function writeDay({ seed, start, devices: count, hours }: DaySize): DayScript {
  const chance = new Chance(seed);
  const day = { from: start.getTime(), to: start.getTime() + hours * HOUR_MS };
  const groups = writeGroups();
  const devices = Array.from({ length: count }, (_, index) => writeDevice(index, groups, chance));
  const quiet = groups.map((_, index) => (isPen(groups, index) ? silenceOfPen(day, index, chance) : null));
  const outages = outagesOf(day);
  const messages = devices.flatMap((device, index) => {
    const habits = habitsOf(device, device.group === null ? null : (quiet[device.group] ?? null), day, chance);
    const heardFrom = device.lifecycle === "provisioned" ? day.from + chance.between(5, hours * 60 - 30) * MINUTE_MS : day.from;
    return messagesOf(index, habits, { from: heardFrom, to: day.to }, chance);
  });
  const inService = devices.flatMap((device, index) => (device.lifecycle === "active" ? [index] : []));
  return { start: day.from, devices, groups, events: writeEvents(day, inService, messages, outages, chance) };
}

/** On each farm a barn with two pens; then groups that span farms, look rarely, are switched off, or roll nothing up. */
function writeGroups(): ScriptedGroup[] {
  const group = (changes: Partial<ScriptedGroup>): ScriptedGroup => ({
    parent: null,
    farm: null,
    offlineAlertThreshold: 1,
    checkIntervalSeconds: 60,
    active: true,
    ...changes,
  });
  const groups: ScriptedGroup[] = [];
  for (let farm = 0; farm < SCRIPTED_FARMS; farm++) {
    const barn = groups.push(group({ farm, offlineAlertThreshold: PEN_SIZE })) - 1;
    groups.push(group({ farm, parent: barn, offlineAlertThreshold: 4 }), group({ farm, parent: barn, offlineAlertThreshold: 4 }));
  }
  groups.push(
    group({ offlineAlertThreshold: 3 }),
    group({ farm: 0, offlineAlertThreshold: 2, checkIntervalSeconds: 300 }),
    group({ farm: 1, offlineAlertThreshold: 2, active: false }),
    group({ farm: 2 }),
  );
  return groups;
}

const isPen = (groups: readonly ScriptedGroup[], index: number) => groups[index]?.parent !== null;

function writeDevice(index: number, groups: readonly ScriptedGroup[], chance: Chance): ScriptedDevice {
  // The first places are taken in turn, so that each group has a pen's size; everybody else is in none.
  const group = index < groups.length * PEN_SIZE ? index % groups.length : null;
  return {
    deviceId: `MM${String(index).padStart(6, "0")}`,
    farm: (group === null ? null : (groups[group]?.farm ?? null)) ?? index % SCRIPTED_FARMS,
    group,
    lifecycle: chance.happens(0.01) ? "provisioned" : "active",
    offlineWindowSeconds: chance.happens(0.55) ? 600 : 2_400,
    lowBatteryThreshold: [20, 20, 20, 35, 8][chance.between(0, 4)] ?? 20,
    checkIntervalSeconds: chance.happens(0.03) ? 300 : 60,
    isCalibrationOverdue: chance.happens(0.01),
  };
}

/** All pens are silent for a while; the two of a barn by overlapping turns, so that the barn speaks in between. */
function silenceOfPen(day: Span, index: number, chance: Chance): Span {
  const from = day.from + (day.to - day.from) * 0.3 + chance.between(0, 8) * MINUTE_MS + (index % 3) * 10 * MINUTE_MS;
  return { from, to: from + chance.between(45, 70) * MINUTE_MS };
}

function habitsOf(device: ScriptedDevice, pen: Span | null, day: Span, chance: Chance): Habits {
  const isUnsteady = chance.happens(0.04);
  const spoken = device.offlineWindowSeconds === 600 ? 500 : 1_200;
  const silences = Array.from({ length: chance.happens(0.15) ? chance.between(1, 2) : 0 }, () => spanWithin(day, 15, 300, chance));
  const [last] = silences;
  if (last && chance.happens(0.1)) last.to = day.to;
  return {
    reportSeconds: isUnsteady ? 240 : spoken,
    silences: pen ? [...silences, pen] : silences,
    unsteady: isUnsteady ? spanWithin(day, 120, 360, chance) : null,
    battery: batteryOf(day, chance),
    failing: chance.happens(0.1) ? { span: spanWithin(day, 30, 180, chance), most: chance.between(4, 25) } : null,
  };
}

function batteryOf(day: Span, chance: Chance): Habits["battery"] {
  if (chance.happens(0.15)) return null;
  if (!chance.happens(0.12)) return { level: chance.between(60, 100), perHour: 0.5, jitter: 1, chargedAt: null };
  const isCharged = chance.happens(0.6);
  return {
    level: chance.between(12, 45),
    perHour: chance.between(1, 8),
    jitter: chance.between(0, 2),
    chargedAt: isCharged ? chance.between(day.from + HOUR_MS, day.to) : null,
  };
}

function spanWithin(day: Span, minMinutes: number, maxMinutes: number, chance: Chance): Span {
  const from = chance.between(day.from, day.to - minMinutes * MINUTE_MS);
  return { from, to: from + chance.between(minMinutes, maxMinutes) * MINUTE_MS };
}

interface Outages {
  /** What is sent meanwhile is lost. */
  broker: Span;
  /** What is sent meanwhile is stored when it is over; nobody works and nothing is checked. */
  database: Span;
}

function outagesOf(day: Span): Outages {
  const at = (share: number) => day.from + Math.round(((day.to - day.from) / MINUTE_MS) * share) * MINUTE_MS;
  return {
    broker: { from: at(0.55), to: at(0.55) + 30 * MINUTE_MS },
    database: { from: at(0.8), to: at(0.8) + 20 * MINUTE_MS },
  };
}

/** Each minute: a beat, the messages since the minute before, what people do, another beat, the check. */
function writeEvents(day: Span, inService: number[], messages: ScriptedMessage[], outages: Outages, chance: Chance): DayEvent[] {
  const { broker, database } = outages;
  const batches = batchesOf(day, messages, outages);
  const acts = actsOf(day, inService, database, chance);
  const events: DayEvent[] = [];
  let former = day.from - 10_000;
  for (let minute = day.from; minute < day.to; minute += MINUTE_MS) {
    if (minute >= database.from && minute < database.to) continue;
    const isReceiving = minute < broker.from || minute >= broker.to;
    if (isReceiving) events.push({ at: minute + 10_000, kind: "beat" });
    const batch = batches.get(minute);
    if (batch) events.push({ at: minute + 20_000, kind: "messages", messages: batch });
    events.push(...(acts.get(minute) ?? []));
    if (isReceiving) events.push({ at: minute + 40_000, kind: "beat" });
    events.push({ at: minute + 50_000, kind: "check", former });
    former = minute + 50_000;
    const isLast = minute + MINUTE_MS === day.to;
    if (isLast || (minute - day.from) % (90 * MINUTE_MS) === 75 * MINUTE_MS) events.push({ at: minute + 55_000, kind: "look" });
  }
  return events;
}

/** What is stored in which minute. */
function batchesOf(day: Span, messages: readonly ScriptedMessage[], { broker, database }: Outages): Map<number, ScriptedMessage[]> {
  const batches = new Map<number, ScriptedMessage[]>();
  for (const message of messages.toSorted((a, b) => a.receivedAt - b.receivedAt || a.device - b.device)) {
    let minute = day.from + Math.ceil((message.receivedAt - day.from - 20_000) / MINUTE_MS) * MINUTE_MS;
    if (minute >= broker.from && minute < broker.to) continue;
    if (minute >= database.from && minute < database.to) minute = database.to;
    const batch = batches.get(minute);
    if (batch) batch.push(message);
    else batches.set(minute, [message]);
  }
  return batches;
}

/** What people and the calendar do, by minute; what the database misses is done when it is back. */
function actsOf(day: Span, inService: readonly number[], database: Span, chance: Chance): Map<number, DayEvent[]> {
  const acts = new Map<number, DayEvent[]>();
  const minutes = (day.to - day.from) / MINUTE_MS;
  const note = (minute: number, act: (at: number) => DayEvent) => {
    const wanted = day.from + minute * MINUTE_MS;
    const from = wanted >= database.from && wanted < database.to ? database.to : wanted;
    acts.set(from, [...(acts.get(from) ?? []), act(from + 30_000)]);
  };
  const someone = () => inService[chance.between(0, inService.length - 1)] ?? 0;
  const workedOn = new Set<number>();
  while (workedOn.size < inService.length * 0.05) {
    const device = someone();
    if (workedOn.has(device)) continue;
    workedOn.add(device);
    const begin = chance.between(20, minutes - 70);
    if (chance.happens(0.1)) {
      note(begin, (at) => ({ at, kind: "decommissioned", device }));
      continue;
    }
    const back = begin + chance.between(3, 45);
    note(begin, (at) => ({ at, kind: "maintenance", device, begins: true }));
    note(back, (at) => ({ at, kind: "maintenance", device, begins: false }));
    if (chance.happens(0.5)) continue;
    note(back + 4, (at) => ({ at, kind: "maintenance", device, begins: true }));
    note(back + 9, (at) => ({ at, kind: "maintenance", device, begins: false }));
  }
  for (const kind of ["resolved", "acknowledged", "calibration_overdue"] as const) {
    for (let count = 0; count < 40 + inService.length * 0.02; count++) {
      const device = someone();
      note(chance.between(15, minutes - 5), (at) => ({ at, kind, device }));
    }
  }
  return acts;
}
