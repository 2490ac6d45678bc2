import type { DayEvent, DayScript, Reading, ScriptedDevice, ScriptedMessage, ToldAlert, ToldDay, ToldLook } from "./script";
import { rollUp, type OracleGroupAlerts } from "./oracle-groups";

// Written from the specification (Task 2.2), DESIGN 6 and docs/decisions/008 alone. It must not know the code it judges:
// nothing of server/domain and server/services is imported here, and every number is stated anew.
const SECOND_MS = 1000;
const FLAP_WITHIN_MS = 30 * 60 * SECOND_MS;
const CALM_MS = 15 * 60 * SECOND_MS;
const DAMPED_FROM = 2;
const BEAT_GAP_MS = 45 * SECOND_MS;
const RECEPTION_LOST_MS = 90 * SECOND_MS;

interface Wrong {
  condition: string;
  severity: "warning" | "critical";
  value: number | null;
}

export interface OracleAlert extends ToldAlert {
  severity: string;
  calmSince: number | null;
  parent: string | null;
}

export interface OracleDevice {
  script: ScriptedDevice;
  lifecycle: "active" | "provisioned" | "maintenance" | "decommissioned";
  lastSeen: number | null;
  boot: string | null;
  formerBoot: string | null;
  seq: number;
  battery: number | null;
  signal: number | null;
  errors: number;
  isOverdue: boolean;
  health: string;
  open: Map<string, OracleAlert>;
  /** The last alert of each condition that is over, and whether it ended because the condition went. */
  over: Map<string, { alert: OracleAlert; went: boolean }>;
}

/** What should be told of a day: who is alerted of what, from when to when. */
export function foretell(script: DayScript): ToldDay {
  const oracle = new Oracle(script);
  for (const event of script.events) oracle.live(event);
  return { alerts: oracle.alerts, looks: oracle.looks };
}

class Oracle {
  readonly alerts: ToldAlert[] = [];
  readonly looks: ToldLook[] = [];
  readonly #script: DayScript;
  readonly #devices: OracleDevice[];
  readonly #groupAlerts: OracleGroupAlerts = new Map();
  #outage: OracleAlert | null = null;
  /** Since when, and until when, somebody has been listening without a gap. */
  #listening: { since: number; until: number } | null = null;

  constructor(script: DayScript) {
    this.#script = script;
    this.#devices = script.devices.map((device) => ({
      script: device,
      lifecycle: device.lifecycle,
      lastSeen: device.lifecycle === "active" ? script.start : null,
      boot: null,
      formerBoot: null,
      seq: 0,
      battery: null,
      signal: null,
      errors: 0,
      isOverdue: device.isCalibrationOverdue,
      health: device.lifecycle === "active" ? "healthy" : "unknown",
      open: new Map(),
      over: new Map(),
    }));
  }

  live(event: DayEvent): void {
    switch (event.kind) {
      case "beat":
        return this.#beat(event.at);
      case "messages":
        return this.#receive(event.messages, event.at);
      case "check":
        return this.#check(event.at, event.former);
      case "look":
        return this.#look(event.at);
      case "maintenance":
        return this.#work(this.#device(event.device), event.begins, event.at);
      case "resolved":
      case "acknowledged":
      case "calibration_overdue":
      case "decommissioned":
        return this.#act(this.#device(event.device), event.kind, event.at);
    }
  }

  #device(index: number): OracleDevice {
    const device = this.#devices[index];
    if (!device) throw new Error(`no device ${index}`);
    return device;
  }

  #beat(at: number): void {
    const isGap = this.#listening === null || at - this.#listening.until > BEAT_GAP_MS;
    this.#listening = { since: isGap || !this.#listening ? at : this.#listening.since, until: at };
  }

  #receive(messages: readonly ScriptedMessage[], at: number): void {
    const spoken = new Set(messages.map((message) => message.device));
    const before = new Map([...spoken].map((index) => [index, essence(this.#device(index), at)]));
    for (const { device, content, receivedAt } of messages) hear(this.#device(device), content, receivedAt);
    for (const index of spoken) {
      const device = this.#device(index);
      if (device.lifecycle === "decommissioned") continue;
      if (device.lifecycle === "provisioned" && device.lastSeen !== null) device.lifecycle = "active";
      // A message says nothing of silence: that is for the minute's check, which knows who listened.
      device.health = healthOf(device, at, false);
      const isNews = before.get(index) !== essence(device, at);
      if (isNews && device.lifecycle === "active") this.#judge(device, at, { isCheck: false, heardSince: at });
    }
  }

  #check(at: number, former: number): void {
    const silentMs = this.#listening ? at - this.#listening.until : 0;
    const heardSince = this.#listening ? (silentMs > BEAT_GAP_MS ? at : this.#listening.since) : -Infinity;
    this.#watchReception(at, silentMs);
    for (const device of this.#devices) {
      if (device.lifecycle === "active" && this.#isDue(device, at, former)) this.#judge(device, at, { isCheck: true, heardSince });
    }
    for (const alert of rollUp(this.#script.groups, this.#devices, this.#groupAlerts, at)) this.alerts.push(alert);
  }

  #isDue({ script }: OracleDevice, at: number, former: number): boolean {
    const group = script.group === null ? undefined : this.#script.groups[script.group];
    return [script.checkIntervalSeconds, group?.checkIntervalSeconds ?? 0].every(
      (seconds) => seconds <= 60 || Math.floor(at / SECOND_MS / seconds) > Math.floor(former / SECOND_MS / seconds),
    );
  }

  #watchReception(at: number, silentMs: number): void {
    const isLost = silentMs > RECEPTION_LOST_MS;
    if (isLost && this.#outage) this.#outage.occurrences += 1;
    else if (isLost) this.#outage = this.#open("system", { condition: "reception", severity: "critical", value: null }, at, 0);
    if (isLost && this.#outage) this.#outage.value = silentMs / SECOND_MS;
    if (isLost || !this.#outage) return;
    close(this.#outage, at, "auto_resolved");
    this.#outage = null;
  }

  /** Brings a device's alerts in line with what is wrong with it. */
  #judge(device: OracleDevice, at: number, { isCheck, heardSince }: { isCheck: boolean; heardSince: number }): void {
    const listened = at - heardSince > device.script.offlineWindowSeconds * SECOND_MS;
    device.health = healthOf(device, at, listened);
    const wrongs = wrongsOf(device, at);
    for (const wrong of wrongs) {
      const proven = wrong.condition !== "offline" || listened;
      const alert = device.open.get(wrong.condition);
      if (alert) last(alert, wrong, at, isCheck && proven);
      else if (proven) device.open.set(wrong.condition, this.#open(device.script.deviceId, wrong, at, flapsOf(device, wrong, at)));
    }
    for (const [condition, alert] of device.open) {
      if (wrongs.some((wrong) => wrong.condition === condition)) continue;
      if (alert.flaps >= DAMPED_FROM && alert.calmSince === null) {
        alert.calmSince = at;
        alert.timeline.push({ at, kind: "calmed", severity: alert.severity });
      } else if (alert.flaps < DAMPED_FROM || at - (alert.calmSince ?? at) >= CALM_MS) over(device, condition, at, "auto_resolved", true);
    }
  }

  #open(subject: string, { condition, severity, value }: Wrong, at: number, flaps: number): OracleAlert {
    const timeline = [{ at, kind: "raised", severity: severity as string }];
    const open = {
      subject,
      condition,
      severity,
      value,
      flaps,
      timeline,
      begins: at,
      ends: null,
      occurrences: 1,
      calmSince: null,
      parent: null,
    };
    this.alerts.push(open);
    return open;
  }

  #work(device: OracleDevice, begins: boolean, at: number): void {
    if (begins) for (const condition of [...device.open.keys()]) over(device, condition, at, "auto_resolved", false);
    device.lifecycle = begins ? "maintenance" : "active";
  }

  #act(device: OracleDevice, kind: "decommissioned" | "calibration_overdue" | "resolved" | "acknowledged", at: number): void {
    if (kind === "calibration_overdue") {
      device.isOverdue = true;
      return;
    }
    if (kind === "decommissioned") device.lifecycle = "decommissioned";
    for (const [condition, alert] of [...device.open]) {
      if (kind !== "acknowledged") over(device, condition, at, kind === "resolved" ? "resolved" : "auto_resolved", false);
      else if (!alert.timeline.some((event) => event.kind === "acknowledged")) alert.timeline.push({ at, kind, severity: alert.severity });
    }
  }

  #look(at: number): void {
    const active = this.#devices.filter((device) => device.lifecycle === "active");
    const open = this.#devices.flatMap((device) => [...device.open.values()]);
    this.looks.push({
      at,
      health: active.map((device) => `${device.script.deviceId} is ${device.health}`),
      open: open.map((alert) => `${alert.subject} ${alert.condition} under ${alert.parent ?? "nobody"}`),
    });
  }
}

function hear(device: OracleDevice, content: ScriptedMessage["content"], at: number): void {
  if (content.kind === "offline") return;
  device.lastSeen = Math.max(device.lastSeen ?? at, at);
  if (content.kind === "heartbeat") read(device, content.reading);
}

/** What is older than what is known, by boot and number, says nothing. */
function read(device: OracleDevice, reading: Reading): void {
  if (reading.bootId === device.boot ? reading.seq <= device.seq : reading.bootId === device.formerBoot) return;
  if (reading.bootId !== device.boot) device.formerBoot = device.boot;
  device.boot = reading.bootId;
  device.seq = reading.seq;
  device.battery = reading.batteryLevel ?? device.battery;
  device.signal = reading.signalStrength ?? device.signal;
  device.errors = reading.errorCount ?? device.errors;
}

function isUnheard({ lastSeen, script }: OracleDevice, at: number): boolean {
  return lastSeen !== null && at - lastSeen > script.offlineWindowSeconds * SECOND_MS;
}

function wrongsOf(device: OracleDevice, at: number): Wrong[] {
  const wrongs: Wrong[] = [];
  const { battery, signal, errors, script } = device;
  if (isUnheard(device, at)) wrongs.push({ condition: "offline", severity: "critical", value: null });
  if (battery !== null && battery < 10) wrongs.push({ condition: "battery", severity: "critical", value: battery });
  else if (battery !== null && battery < script.lowBatteryThreshold)
    wrongs.push({ condition: "battery", severity: "warning", value: battery });
  if (signal !== null && signal < -90) wrongs.push({ condition: "signal", severity: "warning", value: signal });
  if (errors > 5) wrongs.push({ condition: "errors", severity: errors > 10 ? "critical" : "warning", value: errors });
  if (device.isOverdue) wrongs.push({ condition: "calibration", severity: "warning", value: null });
  return wrongs;
}

const essence = (device: OracleDevice, at: number) =>
  wrongsOf(device, at)
    .map(({ condition, severity }) => `${condition} ${severity}`)
    .join();

/** @param listened whether somebody has listened for longer than the device may be silent */
function healthOf(device: OracleDevice, at: number, listened: boolean): string {
  const { battery, errors, script, lastSeen } = device;
  if (lastSeen === null) return "unknown";
  if (isUnheard(device, at) && (listened || device.health === "critical")) return "critical";
  if (errors > 10 || (battery !== null && battery < 10)) return "critical";
  return errors > 5 || (battery !== null && battery < script.lowBatteryThreshold) ? "warning" : "healthy";
}

/** The condition of an open alert is still there, or there again. */
function last(alert: OracleAlert, wrong: Wrong, at: number, counts: boolean): void {
  if (alert.calmSince !== null) {
    alert.calmSince = null;
    alert.flaps += 1;
    alert.timeline.push({ at, kind: "returned", severity: wrong.severity });
  }
  if (alert.severity !== wrong.severity) alert.timeline.push({ at, kind: "severity_changed", severity: wrong.severity });
  alert.severity = wrong.severity;
  alert.value = wrong.value;
  if (counts) alert.occurrences += 1;
}

function flapsOf(device: OracleDevice, { condition }: Wrong, at: number): number {
  const former = device.over.get(condition);
  const comesBack = former?.went === true && at - (former.alert.ends ?? at) < FLAP_WITHIN_MS;
  return comesBack ? former.alert.flaps + 1 : 0;
}

function over(device: OracleDevice, condition: string, at: number, kind: string, went: boolean): void {
  const alert = device.open.get(condition);
  if (!alert) return;
  close(alert, at, kind);
  device.open.delete(condition);
  device.over.set(condition, { alert, went });
}

function close(alert: OracleAlert, at: number, kind: string): void {
  alert.ends = at;
  alert.timeline.push({ at, kind, severity: alert.severity });
}
