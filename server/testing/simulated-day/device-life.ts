import type { Chance } from "./chance";
import type { Reading, ScriptedMessage } from "./script";

const MINUTE_MS = 60_000;

/** A stretch of time; the end is not part of it. */
export interface Span {
  from: number;
  to: number;
}

/** How a device of the script behaves. */
export interface Habits {
  /** Seconds between two reports, give or take a tenth. */
  reportSeconds: number;
  /** While it is silent, whatever the reason. */
  silences: Span[];
  /** While it comes and goes and its signal with it. */
  unsteady: Span | null;
  /** Percent at the start and how many it loses an hour; `null` = mains. Charged at `chargedAt`. */
  battery: { level: number; perHour: number; jitter: number; chargedAt: number | null } | null;
  /** While it reports errors, and how many at most. */
  failing: { span: Span; most: number } | null;
}

const within = (span: Span | null, at: number) => span !== null && at >= span.from && at < span.to;

/** Everything a device says during a day, in order. */
export function messagesOf(device: number, habits: Habits, day: Span, chance: Chance): ScriptedMessage[] {
  const messages: ScriptedMessage[] = [];
  let [boot, seq, errors] = [1, 0, 0];
  let hasSaidGoodbye = false;
  const bootId = () => `boot ${boot}`;
  for (let at = day.from + chance.between(0, habits.reportSeconds) * 1000; at < day.to; at += pause(habits, at, chance)) {
    if (habits.silences.some((span) => within(span, at))) {
      // Half of those that fall silent are missed by the broker, which says so.
      if (!hasSaidGoodbye && chance.happens(0.5)) messages.push({ device, receivedAt: at, content: { kind: "offline", bootId: bootId() } });
      hasSaidGoodbye = true;
      continue;
    }
    if (hasSaidGoodbye && chance.happens(0.5)) [boot, seq] = [boot + 1, 0];
    hasSaidGoodbye = false;
    if (chance.happens(0.03)) {
      messages.push({ device, receivedAt: at, content: { kind: "other" } });
      continue;
    }
    errors = errorsAt(habits, at, errors, chance);
    const reading: Reading = { bootId: bootId(), seq: ++seq, signalStrength: signalAt(habits, at, chance), errorCount: errors };
    const level = batteryAt(habits, at, day.from, chance);
    if (level !== null) reading.batteryLevel = level;
    messages.push({ device, receivedAt: at, content: { kind: "heartbeat", reading } });
    // What comes late proves life, and nothing else.
    if (chance.happens(0.01) && seq > 1) {
      const late = { bootId: bootId(), seq: seq - 1, batteryLevel: 1, signalStrength: -120, errorCount: 99 };
      messages.push({ device, receivedAt: at + 1, content: { kind: "heartbeat", reading: late } });
    }
  }
  return messages;
}

function pause({ reportSeconds, unsteady }: Habits, at: number, chance: Chance): number {
  const usual = reportSeconds * 1000 * (0.9 + 0.2 * chance.next());
  if (within(unsteady, at)) return chance.happens(0.2) ? usual + chance.between(4, 9) * MINUTE_MS : usual;
  // Now and then a report is lost on the way.
  return chance.happens(0.005) ? 2 * usual : usual;
}

/** dBm; an unsteady radio is weak at every second report. */
function signalAt({ unsteady }: Habits, at: number, chance: Chance): number {
  return within(unsteady, at) && chance.happens(0.4) ? chance.between(-100, -91) : chance.between(-90, -55);
}

function errorsAt({ failing }: Habits, at: number, errors: number, chance: Chance): number {
  if (within(failing?.span ?? null, at)) return Math.min(errors + chance.between(0, 6), failing?.most ?? 0);
  return chance.happens(0.5) ? Math.max(0, errors - chance.between(1, 9)) : errors;
}

/** Whole and half percents, which every number type holds exactly. */
function batteryAt({ battery }: Habits, at: number, start: number, chance: Chance): number | null {
  if (!battery) return null;
  const isCharged = battery.chargedAt !== null && at >= battery.chargedAt;
  const hours = (at - (isCharged ? (battery.chargedAt ?? start) : start)) / (60 * MINUTE_MS);
  const level = (isCharged ? 100 : battery.level) - hours * battery.perHour + chance.between(-battery.jitter, battery.jitter);
  return Math.min(100, Math.max(0, Math.round(level * 2) / 2));
}
