import type { OracleAlert, OracleDevice } from "./oracle";
import type { ScriptedGroup, ToldAlert } from "./script";

/** Open group alerts by their subject. */
export type OracleGroupAlerts = Map<string, OracleAlert>;

/** At a threshold of one every device speaks for itself. */
const SPEAKS_FROM = 2;

/**
 * After each check: groups whose offline devices, farm by farm, reach their threshold speak for them, the highest first.
 * @returns alerts that are new
 */
export function rollUp(
  groups: readonly ScriptedGroup[],
  devices: readonly OracleDevice[],
  open: OracleGroupAlerts,
  at: number,
): ToldAlert[] {
  const offline = devices.flatMap(({ open: alerts, script }) => {
    const alert = alerts.get("offline");
    return alert && script.group !== null ? [{ alert, farm: script.farm, lines: lineOf(groups, script.group) }] : [];
  });
  const counts = new Map<string, { group: number; farm: number; devices: number }>();
  for (const { farm, lines } of offline) {
    for (const group of lines) {
      const count = counts.get(subjectOf(group, farm)) ?? { group, farm, devices: 0 };
      counts.set(subjectOf(group, farm), { ...count, devices: count.devices + 1 });
    }
  }
  const reaches = (group: number, farm: number) => {
    const { active, offlineAlertThreshold } = groups[group] ?? { active: false, offlineAlertThreshold: 0 };
    return active && offlineAlertThreshold >= SPEAKS_FROM && (counts.get(subjectOf(group, farm))?.devices ?? 0) >= offlineAlertThreshold;
  };
  const speaking = new Map(
    [...counts].filter(
      ([, { group, farm }]) =>
        reaches(group, farm) &&
        !lineOf(groups, group)
          .slice(1)
          .some((above) => reaches(above, farm)),
    ),
  );
  for (const [subject, alert] of open) {
    if (speaking.has(subject)) continue;
    alert.ends = at;
    alert.timeline.push({ at, kind: "auto_resolved", severity: "critical" });
    open.delete(subject);
  }
  const raised: ToldAlert[] = [];
  for (const [subject, count] of speaking) {
    const alert = open.get(subject);
    if (alert) Object.assign(alert, { value: count.devices, occurrences: alert.occurrences + 1 });
    else raised.push(raise(open, subject, count.devices, at));
  }
  for (const { alert, farm, lines } of offline)
    alert.parent = lines.map((group) => subjectOf(group, farm)).find((subject) => speaking.has(subject)) ?? null;
  return raised;
}

const subjectOf = (group: number, farm: number) => `group ${group} of farm ${farm}`;

/** A group and those above it. */
function lineOf(groups: readonly ScriptedGroup[], group: number): number[] {
  const parent = groups[group]?.parent ?? null;
  return parent === null ? [group] : [group, ...lineOf(groups, parent)];
}

function raise(open: OracleGroupAlerts, subject: string, devices: number, at: number): OracleAlert {
  const alert: OracleAlert = {
    subject,
    condition: "group_offline",
    severity: "critical",
    value: devices,
    flaps: 0,
    begins: at,
    ends: null,
    occurrences: 1,
    calmSince: null,
    parent: null,
    timeline: [{ at, kind: "raised", severity: "critical" }],
  };
  open.set(subject, alert);
  return alert;
}
